import { preciseInstant } from '../../runtime/clock.ts';

/** As scenario files write instants. */
export const at = (milliseconds: number): string => preciseInstant(milliseconds);

/** Undefined where it never was. */
export const atOrNever = (milliseconds: number | undefined): string | undefined =>
  milliseconds === undefined || milliseconds === 0 ? undefined : at(milliseconds);

export const duration = (milliseconds: number): string => `${milliseconds}ms`;

/** Without the members that say nothing, so that a file shows what it is about. */
export function said<Members extends object>(members: Members): Partial<Members> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== false),
  ) as Partial<Members>;
}

/** Nothing where there is none. */
export const some = <Item>(items: readonly Item[]): readonly Item[] | undefined =>
  items.length === 0 ? undefined : items;
