import type { Range } from '../engine/matching/matcher.ts';
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
