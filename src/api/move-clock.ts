import type { ClockSetting } from '../core/clock.ts';
import type { Organization } from '../organization/organization.ts';
import { ClockError } from './clock-error.ts';

// Later than any test needs, and early enough for expiry dates of four-digit years. Zero stands for "never" elsewhere.
const EARLIEST = Date.parse('1970-01-02T00:00:00Z');
const LATEST = Date.parse('9000-01-01T00:00:00Z');

const FASTEST = 100_000;

/**
 * Sets the virtual clock, then lets happen what has fallen due.
 *
 * @throws ClockError
 */
export function moveClock(organization: Organization, setting: ClockSetting): void {
  const { at, rate } = setting;
  if (at !== undefined && !(at >= EARLIEST && at <= LATEST)) {
    throw new ClockError('the virtual time would leave the years 1970 to 8999');
  }
  if (rate !== undefined && !(rate >= 0 && rate <= FASTEST)) {
    throw new ClockError(`a clock cannot run at the rate ${rate}: give a number from 0 to ${FASTEST}`);
  }
  organization.runtime.clock.set(setting);
  organization.runDueTasks();
}
