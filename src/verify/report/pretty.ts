import { preciseInstant } from '../../core/clock.ts';
import type { DataSentReport, ReportedRow } from '../data-sent/tracker.ts';
import { counted } from '../explain.ts';
import type { Verdict, VerdictStatus } from '../verdict.ts';
import { details, faultWords, suiteTitle } from './message.ts';
import type { Report, Suite, TimelineReport } from './report.ts';

/** Options of the `pretty` format. */
export interface PrettyOptions {
  readonly color?: boolean | undefined;
}

type Paint = (text: string, shade: Shade) => string;

const SHADES = { red: '31', green: '32', yellow: '33', bold: '1', dim: '2' } as const;

type Shade = keyof typeof SHADES;

const MARKS: { readonly [Status in VerdictStatus]: readonly [mark: string, shade: Shade] } = {
  passed: ['✓', 'green'],
  failed: ['✗', 'red'],
  unknown: ['?', 'yellow'],
};

/** Text for terminals. */
export function pretty(report: Report, { color = false }: PrettyOptions = {}): string {
  const paint: Paint = (text, shade) => (color ? `\u001b[${SHADES[shade]}m${text}\u001b[0m` : text);
  const suites = report.suites.map((suite) => prettySuite(suite, paint));
  return `${suites.join('\n')}\n${summary(report, paint)}\n`;
}

function summary({ counts, status }: Report, paint: Paint): string {
  const total = counts.passed + counts.failed + counts.unknown;
  if (total === 0) return 'no expectations';
  const parts = (['passed', 'failed', 'unknown'] as const)
    .filter((word) => counts[word] > 0)
    .map((word) => `${counts[word]} ${word}`);
  return paint(`${counted(total, 'expectation')}: ${parts.join(', ')}`, MARKS[status][1]);
}

function prettySuite(suite: Suite, paint: Paint): string {
  const title = paint(suiteTitle(suite.scenario, suite.file), 'bold');
  const lines = [`${title}: ${counted(suite.exchanges, 'request')}`];
  for (const verdict of suite.verdicts) lines.push(...verdictLines(verdict, paint));
  if (suite.timeline.length > 0)
    lines.push('', '  timeline', ...suite.timeline.map((entry) => timelineLine(entry, paint)));
  if (suite.faults.length > 0)
    lines.push('', '  faults', ...suite.faults.map((fault) => `    ${faultWords(fault)}`));
  for (const report of suite.dataSent) lines.push('', ...dataSentLines(report, paint));
  return `${lines.join('\n')}\n`;
}

function verdictLines(verdict: Verdict, paint: Paint): readonly string[] {
  const [mark, shade] = MARKS[verdict.status];
  const head = `  ${paint(mark, shade)} ${verdict.name}`;
  const shown = details(verdict).filter(([label]) => verdict.status !== 'passed' || label === 'warning');
  return [head, ...shown.map(([label, text]) => `      ${paint(label.padEnd(8), 'dim')}  ${text}`)];
}

function timelineLine({ action, when, status, at, reason }: TimelineReport, paint: Paint): string {
  const [mark, shade] =
    status === 'done' ? MARKS.passed : status === 'failed' ? MARKS.failed : (['·', 'dim'] as const);
  const done = at === undefined ? 'not yet' : preciseInstant(at);
  return `  ${paint(mark, shade)} ${action} ${when}: ${done}${reason === undefined ? '' : `: ${reason}`}`;
}

const HEADS = ['row', 'service', 'item', 'status', 'times', 'sample'] as const;

const rowCells = ({ row, service, item, status, sent, received, sample }: ReportedRow): readonly string[] => [
  row,
  service,
  item,
  status,
  sent + received === 0 ? '' : String(sent + received),
  sample ?? '',
];

function dataSentLines(
  { declaration, rows, undeclared, overflow }: DataSentReport,
  paint: Paint,
): readonly string[] {
  const table = [HEADS as readonly string[], ...rows.map(rowCells)];
  const widths = HEADS.map((_, column) => Math.max(...table.map((cells) => [...cells[column]!].length)));
  const shown = table.map((cells) =>
    `    ${cells.map((cell, column) => cell + ' '.repeat(widths[column]! - [...cell].length)).join('  ')}`.trimEnd(),
  );
  const lines = [`  data sent: ${declaration}`, paint(shown[0]!, 'dim'), ...shown.slice(1)];
  if (undeclared.length > 0) {
    lines.push(`    ${paint('sent, but not declared:', 'yellow')}`);
    for (const { operation, location, count, sample } of undeclared) {
      lines.push(`      ${operation} ${location}, ${counted(count, 'time')}: ${sample}`);
    }
  }
  if (overflow !== undefined) lines.push(`    ${paint(`incomplete: ${overflow}`, 'yellow')}`);
  return lines;
}
