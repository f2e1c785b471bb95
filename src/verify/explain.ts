import type { Range } from '../engine/matching/matcher-form.ts';
import type { Clause } from '../engine/matching/where.ts';

export const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** How often something must come: `exactly twice` reads worse than `2 times`. */
export function shownTimes(range: Range | undefined): string {
  if (range === undefined) return 'at least once';
  const { at_least, at_most } = range;
  if (at_most === 0) return 'never';
  if (at_least === undefined) return `at most ${times(at_most!)}`;
  if (at_most === undefined) return `at least ${times(at_least)}`;
  return at_least === at_most ? `exactly ${times(at_least)}` : `from ${at_least} to ${at_most} times`;
}

export const shownClauses = (clauses: readonly Clause[]): string =>
  clauses.map(({ location, wanted }) => `${location} must be ${wanted}`).join(', ');

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** Milliseconds as scenarios write them. */
export function shownDuration(milliseconds: number): string {
  let left = milliseconds;
  let text = '';
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${unit}`;
    left -= count * size;
  }
  return left > 0 || text === '' ? `${text}${left}ms` : text;
}
