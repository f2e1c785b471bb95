import { type ClockSetting, instant, preciseInstant } from '../core/clock.ts';
import { parseDuration } from '../core/duration.ts';
import type { Organization } from '../organization/organization.ts';
import type { Duration, Instant } from '../scenario/generated/scenario-types.ts';

/** The virtual clock of an organization. Expiry, sync windows and everything else that depends on time use it. */
export interface Clock {
  /** Virtual time in milliseconds since the epoch. */
  readonly now: number;
  /** Real time in milliseconds since the epoch. */
  readonly wallNow: number;
  /** Virtual milliseconds per real millisecond; 0 if the clock is frozen. */
  readonly rate: number;
  /**
   * Moves the clock, then runs all tasks that are due.
   *
   * @param by a duration such as `8d`, `8 d` or `1h 30m`, or milliseconds; a negative number moves the clock back
   * @throws ClockError if it is not a duration, or if the time would leave the years 1970 to 8999
   */
  advance(by: Duration | number): void;
  /**
   * Sets the virtual time, then runs all tasks that are due. The rate stays the same.
   *
   * @param at an instant such as `2026-03-02T08:00:00Z`, a date, or milliseconds since the epoch
   * @throws ClockError if it is not an instant, or if it is outside the years 1970 to 8999
   */
  set(at: Instant | Date | number): void;
  /** Stops the clock until `run()` is called. */
  freeze(): void;
  /**
   * Starts the clock.
   *
   * @param rate virtual milliseconds per real millisecond, up to 100,000; default: 1
   * @throws ClockError if the rate is out of range
   */
  run(rate?: number): void;
}

/** The clock cannot be set like that; it was not changed. */
export class ClockError extends RangeError {
  constructor(message: string) {
    super(message);
    this.name = 'ClockError';
  }
}

// Other parts of the state use 0 for "never". Later expiry dates would have years of five digits.
const EARLIEST = Date.parse('1970-01-02T00:00:00Z');
const LATEST = Date.parse('9000-01-01T00:00:00Z');

const MAX_RATE = 100_000;

/**
 * Sets the virtual clock, then runs all tasks that are due.
 *
 * @throws ClockError if time or rate is out of range
 */
export function moveClock(organization: Organization, setting: ClockSetting): void {
  const { at, rate } = setting;
  if (at !== undefined && !(at >= EARLIEST && at <= LATEST)) {
    throw new ClockError('the virtual time would leave the years 1970 to 8999');
  }
  if (rate !== undefined && !(rate >= 0 && rate <= MAX_RATE)) {
    throw new ClockError(`the clock cannot run at the rate ${rate}: use a number from 0 to ${MAX_RATE}`);
  }
  organization.runtime.clock.set(setting);
  organization.runDueTasks();
}

export function clockOf(organization: () => Organization): Clock {
  const clock = () => organization().runtime.clock;
  return {
    get now() {
      return clock().now();
    },
    get wallNow() {
      return clock().wallNow();
    },
    get rate() {
      return clock().rate;
    },
    advance(by) {
      const milliseconds = typeof by === 'number' ? by : parseDuration(by);
      if (milliseconds === undefined || Number.isNaN(milliseconds)) {
        throw new ClockError(`${JSON.stringify(by)} is not a duration: use 500ms, 30s, 10m, 24h or 7d`);
      }
      moveClock(organization(), { at: clock().now() + milliseconds });
    },
    set(at) {
      const milliseconds = typeof at === 'string' ? Date.parse(at) : Number(at);
      if (Number.isNaN(milliseconds)) {
        throw new ClockError(`${JSON.stringify(at)} is not an instant: use 2026-03-02T08:00:00Z`);
      }
      moveClock(organization(), { at: milliseconds });
    },
    freeze: () => moveClock(organization(), { rate: 0 }),
    run: (rate = 1) => moveClock(organization(), { rate }),
  };
}

/** The latest time that a JavaScript Date can represent. A very long duration can end later. */
const MAX_DATE = 8_640_000_000_000_000;

const hasDate = (milliseconds: number): boolean => Math.abs(milliseconds) <= MAX_DATE;

/** RFC 3339 with milliseconds; null if a JavaScript Date cannot represent the time. */
export const shownInstant = (milliseconds: number): string | null =>
  hasDate(milliseconds) ? preciseInstant(milliseconds) : null;

/** RFC 3339 in whole seconds, as Apple writes it; null for "never". */
export const shownSecond = (milliseconds: number | undefined): string | null =>
  milliseconds !== undefined && milliseconds !== 0 && hasDate(milliseconds) ? instant(milliseconds) : null;
