import { type WallClock, wallClock } from './wall-clock.ts';

export interface ClockSetting {
  /** Virtual time at the moment of setting, in milliseconds since the epoch. */
  readonly at?: number | undefined;
  /** Virtual milliseconds that pass in one real millisecond; 0 stands still. */
  readonly rate?: number | undefined;
}

/** How a clock runs: virtual and real time of its setting, and the rate. Plain data. */
export interface ClockCourse {
  readonly virtualStart: number;
  readonly wallStart: number;
  readonly rate: number;
}

/** The furthest time that a JavaScript Date can show. */
const LAST_TIME = 8_640_000_000_000_000;

/**
 * Virtual time of one organization. It runs on from where it was set, at its rate; `advance` jumps.
 * Everything that Apple verifies by time is verified on this clock.
 */
export class Clock {
  readonly #wall: WallClock;
  #virtualStart: number;
  #wallStart: number;
  #rate: number;

  constructor(setting: ClockSetting = {}, wall: WallClock = wallClock) {
    this.#wall = wall;
    this.#wallStart = wall();
    this.#virtualStart = setting.at ?? this.#wallStart;
    this.#rate = setting.rate ?? 1;
  }

  /** Virtual now, whole milliseconds since the epoch. */
  now(): number {
    return this.at(this.#wall());
  }

  /** Real now, milliseconds since the epoch. */
  wallNow(): number {
    return this.#wall();
  }

  get rate(): number {
    return this.#rate;
  }

  /** The virtual time that belongs to a real time, by the setting now in force. */
  at(wallTime: number): number {
    return Math.floor(this.#virtualStart + (wallTime - this.#wallStart) * this.#rate);
  }

  set(setting: ClockSetting): void {
    const at = setting.at ?? this.now();
    if (!(Math.abs(at) <= LAST_TIME)) throw new RangeError('the virtual time would leave the range of dates');
    this.#virtualStart = at;
    this.#wallStart = this.#wall();
    this.#rate = setting.rate ?? this.#rate;
  }

  get course(): ClockCourse {
    return { virtualStart: this.#virtualStart, wallStart: this.#wallStart, rate: this.#rate };
  }

  /** Runs as another clock did, also through the time in which nobody looked at it. */
  follow({ virtualStart, wallStart, rate }: ClockCourse): void {
    this.#virtualStart = virtualStart;
    this.#wallStart = wallStart;
    this.#rate = rate;
  }

  /** Jumps by milliseconds; backwards where they are negative. */
  advance(milliseconds: number): void {
    this.set({ at: this.now() + milliseconds });
  }
}

/** An instant as Apple's services print it: whole seconds, `Z`. */
export function instant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** An instant with its milliseconds, for the journal. */
export function preciseInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** Apple prints whole seconds, so that is what is kept of most times. */
export const wholeSecond = (milliseconds: number): number => Math.floor(milliseconds / 1000) * 1000;
