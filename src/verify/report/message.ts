import { preciseInstant } from '../../core/clock.ts';
import type { FaultAnswer, FaultDefinition } from '../../engine/faults/definition.ts';
import type { FaultTally } from '../../engine/faults/fault-table.ts';
import type { FilePlace } from '../../scenario/verification.ts';
import { counted } from '../explain.ts';
import type { Evidence, Verdict } from '../verdict.ts';
import type { FaultReport } from './report.ts';

export const shownPlace = ({ file, line, column }: FilePlace): string => `${file}:${line}:${column}`;

/** An exchange on one line: number in the journal, operation, virtual time. */
export const shownEvidence = ({ seq, operation, at }: Evidence): string =>
  `#${seq} ${operation} at ${preciseInstant(at)}`;

/** The reason of a verdict on one line. */
export function headline({ status, reason, nearest }: Verdict): string {
  const why = reason ?? status;
  return nearest?.difference === undefined
    ? why
    : `${why}; nearest ${nearest.operation} #${nearest.seq}: ${nearest.difference}`;
}

/** The details of a verdict as lines of label and text. */
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

/** The details as text, with the labels in a column. */
export function message(verdict: Verdict): string {
  const lines = details(verdict);
  const width = Math.max(...lines.map(([label]) => label.length));
  return lines.map(([label, text]) => `${label.padEnd(width)}  ${text}`).join('\n');
}

/** Title of a suite in a report of several suites. */
export const suiteTitle = (scenario: string, file: string | undefined): string =>
  file === undefined ? scenario : `${scenario} (${file})`;

function answerWords(answer: FaultAnswer): string {
  if ('error' in answer) return answer.error;
  const [[name, value] = ['', true]] = Object.entries(answer);
  return value === true ? name : `${name} ${value}`;
}

function doesOf({ answer, rateLimit, latency, bytesPerSecond }: FaultDefinition): string {
  const words = [
    ...(rateLimit === undefined ? [] : [`rate limit by ${rateLimit.by}`]),
    ...(answer === undefined ? [] : [answerWords(answer)]),
    ...(latency === undefined ? [] : ['latency']),
    ...(bytesPerSecond === undefined ? [] : [`${bytesPerSecond} bytes per second`]),
  ];
  return words.join(', ');
}

export const faultReport = ({ id, definition, applied }: FaultTally): FaultReport => ({
  id,
  on: definition.on,
  does: doesOf(definition),
  applied,
});

export const appliedText = (applied: number): string =>
  applied === 0 ? 'not applied' : `applied ${counted(applied, 'time')}`;

export const faultWords = ({ id, on, does, applied }: FaultReport): string =>
  `${id} on ${on}: ${does}, ${appliedText(applied)}`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML 1.0 forbids, even as references. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Escapes text for elements and attributes of XML and HTML. */
export const escaped = (text: string): string =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"]/g, (character) => ENTITIES[character]!);
