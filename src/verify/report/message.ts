import { preciseInstant } from '../../core/clock.ts';
import type { FilePlace } from '../../scenario/expectation.ts';
import type { Evidence, Verdict } from '../verdict.ts';

export const shownPlace = ({ file, line, column }: FilePlace): string => `${file}:${line}:${column}`;

/** An exchange on one line: number in the journal, operation, virtual time. */
export const shownEvidence = ({ seq, operation, at }: Evidence): string =>
  `#${seq} ${operation} at ${preciseInstant(at)}`;

/** One line on why a verdict is not a pass, for places that have room for one. */
export function headline({ status, reason, nearest }: Verdict): string {
  const why = reason ?? status;
  return nearest?.difference === undefined
    ? why
    : `${why}; nearest ${nearest.operation} #${nearest.seq}: ${nearest.difference}`;
}

/** Everything that is known of a verdict: label and text, line by line. */
export function details({
  place,
  expected,
  status,
  reason,
  nearest,
  warnings = [],
}: Verdict): readonly (readonly [label: string, text: string])[] {
  const lines: [string, string][] = [];
  if (place !== undefined) lines.push(['at', shownPlace(place)]);
  lines.push(['expected', expected]);
  if (reason !== undefined) lines.push([status === 'unknown' ? 'unknown' : 'but', reason]);
  if (nearest !== undefined) {
    lines.push(['nearest', shownEvidence(nearest)]);
    if (nearest.difference !== undefined) lines.push(['differs', nearest.difference]);
  }
  for (const warning of warnings) lines.push(['warning', warning]);
  return lines;
}

/** The same as text, labels in a column. */
export function message(verdict: Verdict): string {
  const lines = details(verdict);
  const width = Math.max(...lines.map(([label]) => label.length));
  return lines.map(([label, text]) => `${label.padEnd(width)}  ${text}`).join('\n');
}

/** What a verdict's scenario is called where several are told of. */
export const suiteTitle = (scenario: string, file: string | undefined): string =>
  file === undefined ? scenario : `${scenario} (${file})`;

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
