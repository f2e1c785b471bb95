import { preciseInstant } from '../../core/clock.ts';

/** As scenario files write instants. */
export const at = (milliseconds: number): string => preciseInstant(milliseconds);

export const duration = (milliseconds: number): string => `${milliseconds}ms`;

/** Without the members that say nothing. */
export function said<Members extends object>(members: Members): Partial<Members> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Partial<Members>;
}
