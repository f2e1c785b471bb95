import type { Figure, Target } from './comparison.ts';
import { median, ratio } from './rounds.ts';

export const number = (value: number): string => Math.round(value).toLocaleString('en');

/** Our rate divided by that of another. */
export function rateFigure(
  what: string,
  ours: readonly number[],
  theirs: readonly number[],
  target?: Target,
  things = '',
): Figure {
  const from = `${number(median(ours))}${things}/s against ${number(median(theirs))}${things}/s`;
  return { what, value: ratio(ours, theirs), unit: 'x', target, from };
}
