import type { Range } from '../engine/matching/matcher.ts';
import type { Clause } from '../engine/matching/where.ts';

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

export const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** The number of exchanges that a range allows, as text. */
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
