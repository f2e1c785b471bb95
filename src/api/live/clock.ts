import { parseDuration } from '../../core/duration.ts';
import type { Organization } from '../../organization/organization.ts';
import type { Clock } from '../clock.ts';
import { ClockError } from '../clock-error.ts';
import { moveClock } from '../move-clock.ts';

const instantOf = (at: string | Date | number): number =>
  typeof at === 'string' ? Date.parse(at) : Number(at);

/** The clock of whichever organization is asked for. */
export class LiveClock implements Clock {
  readonly #organization: () => Organization;

  constructor(organization: () => Organization) {
    this.#organization = organization;
  }

  get now(): number {
    return this.#organization().runtime.clock.now();
  }

  get wallNow(): number {
    return this.#organization().runtime.clock.wallNow();
  }

  get rate(): number {
    return this.#organization().runtime.clock.rate;
  }

  advance(by: string | number): void {
    const milliseconds = typeof by === 'number' ? by : parseDuration(by);
    if (milliseconds === undefined || Number.isNaN(milliseconds)) {
      throw new ClockError(`${JSON.stringify(by)} is no duration: write it as 500ms, 30s, 10m, 24h or 7d`);
    }
    moveClock(this.#organization(), { at: this.now + milliseconds });
  }

  set(at: string | Date | number): void {
    const milliseconds = instantOf(at);
    if (Number.isNaN(milliseconds)) {
      throw new ClockError(`${JSON.stringify(at)} is no instant: write it as 2026-03-02T08:00:00Z`);
    }
    moveClock(this.#organization(), { at: milliseconds });
  }

  freeze(): void {
    moveClock(this.#organization(), { rate: 0 });
  }

  run(rate = 1): void {
    moveClock(this.#organization(), { rate });
  }
}
