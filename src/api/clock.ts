import type { Duration, Instant } from '../scenario/generated/scenario-types.ts';

/** The virtual clock of an organization: everything that Apple verifies by time is verified on it. */
export interface Clock {
  /** Virtual time, whole milliseconds since the epoch. */
  readonly now: number;
  /** Real time, milliseconds since the epoch. */
  readonly wallNow: number;
  /** Virtual milliseconds that pass in a real one; 0 while the clock stands still. */
  readonly rate: number;
  /**
   * Jumps ahead, then lets happen what has fallen due.
   *
   * @param by a duration such as `8d`, `8 d` or `1h 30m`, or milliseconds; backwards where it is negative
   * @throws ClockError where it is no duration, or leads out of the years 1970 to 8999
   */
  advance(by: Duration | number): void;
  /**
   * Sets the virtual time, from which the clock runs on at its rate, then lets happen what has fallen due.
   *
   * @param at an instant such as `2026-03-02T08:00:00Z`, a date, or milliseconds since the epoch
   * @throws ClockError where it is no instant, or lies outside of the years 1970 to 8999
   */
  set(at: Instant | Date | number): void;
  /** Lets the clock stand still; `run()` lets it go on. */
  freeze(): void;
  /**
   * Lets the clock run.
   *
   * @param rate virtual milliseconds in a real one, up to 100,000; 1 where not given
   * @throws ClockError where there is no such rate
   */
  run(rate?: number): void;
}
