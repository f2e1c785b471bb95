import { type WallClock, wallClock } from './wall-clock.ts';

export interface ClockSetting {
  /** Virtual time at the moment of setting, in milliseconds since the epoch. */
  readonly at?: number | undefined;
  /** Virtual milliseconds per real millisecond; 0 stops the clock. */
  readonly rate?: number | undefined;
}

/** How a clock runs: virtual and real time at which it was set, and the rate. Plain data. */
export interface ClockCourse {
  readonly virtualStart: number;
  readonly wallStart: number;
  readonly rate: number;
}

/** Stores the course of a clock. */
export interface CourseStore {
  course: ClockCourse;
}

/** The course of a clock that is set at a real time. */
export const courseOf = ({ at, rate }: ClockSetting, wallStart: number): ClockCourse => ({
  virtualStart: at ?? wallStart,
  wallStart,
  rate: rate ?? 1,
});

/** The furthest time that a JavaScript Date can show. */
const LAST_TIME = 8_640_000_000_000_000;

/**
 * Virtual time of one organization. It starts where it was set and runs at its rate; `advance` jumps.
 * Every time that Apple checks is checked on this clock.
 */
export class Clock {
  readonly #wall: WallClock;
  readonly #store: CourseStore;

  /** @param store stores the course; the clock itself if not given */
  constructor(setting: ClockSetting = {}, wall: WallClock = wallClock, store?: CourseStore) {
    this.#wall = wall;
    this.#store = store ?? { course: courseOf(setting, wall()) };
  }

  /** Virtual time now, integer milliseconds since the epoch. */
  now(): number {
    return this.at(this.#wall());
  }

  /** Real time now, milliseconds since the epoch. */
  wallNow(): number {
    return this.#wall();
  }

  get rate(): number {
    return this.#store.course.rate;
  }

  /** The virtual time at a real time, by the current setting. */
  at(wallTime: number): number {
    const { virtualStart, wallStart, rate } = this.#store.course;
    return Math.floor(virtualStart + (wallTime - wallStart) * rate);
  }

  /** @throws RangeError if the time is outside the range of dates */
  set(setting: ClockSetting): void {
    const at = setting.at ?? this.now();
    if (!(Math.abs(at) <= LAST_TIME)) throw new RangeError('the virtual time would leave the range of dates');
    this.#store.course = courseOf({ at, rate: setting.rate ?? this.rate }, this.#wall());
  }

  /** Jumps by milliseconds; backward if they are negative. */
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

/** Apple prints whole seconds, so most times are stored without milliseconds. */
export const wholeSecond = (milliseconds: number): number => Math.floor(milliseconds / 1000) * 1000;
