import { headline, type Place, type Problem, type ScenarioError } from './problem.ts';

export const PROBLEM_FORMATS = ['pretty', 'github', 'json'] as const;

export type ProblemFormat = (typeof PROBLEM_FORMATS)[number];

export interface FormatOptions {
  readonly color?: boolean | undefined;
}

/** All problems of a file as text that ends in a line feed. */
export function formatProblems(
  error: ScenarioError,
  format: ProblemFormat,
  options: FormatOptions = {},
): string {
  switch (format) {
    case 'pretty':
      return pretty(error, options.color ?? false);
    case 'github':
      return error.problems.map(annotation).join('');
    case 'json':
      return `${JSON.stringify(error.problems, undefined, 2)}\n`;
  }
}

const RED = '\u001b[31;1m';
const BLUE = '\u001b[34;1m';
const PLAIN = '\u001b[0m';
const WIDEST = 110;

function pretty({ problems, lines, more }: ScenarioError, color: boolean): string {
  const paint = (text: string, shade: string): string => (color ? `${shade}${text}${PLAIN}` : text);
  const texts = problems.map((problem) => {
    if (problem.line === undefined) return `${headline(problem)}\n`;
    const { file, line, column, message, hint } = problem;
    const number = String(line);
    const margin = ' '.repeat(number.length);
    const bar = paint('|', BLUE);
    const head = `${file}:${line}:${column}: ${paint('error', RED)}: ${message}\n`;
    const { text, caret } = excerpt(lines[line - 1] ?? '', problem);
    return `${head}${margin} ${bar}\n${paint(number, BLUE)} ${bar} ${text}\n${margin} ${bar} ${paint(caret, RED)}${hint === undefined ? '' : ` ${paint(hint, RED)}`}\n`;
  });
  return texts.join('\n') + (more > 0 ? `\nand ${more} more\n` : '');
}

/** Columns that a character takes on a terminal. */
function widthOf(character: string): number {
  const code = character.codePointAt(0)!;
  if (/\p{Mark}/u.test(character)) return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3);
  return wide || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xff00 && code <= 0xff60) || code >= 0x1f300
    ? 2
    : 1;
}

/** The line and its caret. A long line is cut around the caret. */
function excerpt(line: string, { column, length }: Place): { text: string; caret: string } {
  const from = column - 1 > WIDEST - 30 ? column - 1 - 40 : 0;
  const end = Math.min(line.length, from + WIDEST);
  const lead = from > 0 ? '…' : '';
  const clean = (text: string): string => text.replaceAll('\t', ' ').replace(/\p{Control}/gu, '?');
  const text = lead + clean(line.slice(from, end)) + (end < line.length ? '…' : '');
  const widths = (part: string): number => [...part].reduce((sum, character) => sum + widthOf(character), 0);
  const before = widths(clean(line.slice(from, column - 1))) + lead.length;
  const under = Math.max(1, widths(clean(line.slice(column - 1, Math.min(column - 1 + length, end)))));
  return { text, caret: `${' '.repeat(before)}${'^'.repeat(under)}` };
}

/** An annotation as a workflow command of GitHub Actions: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function annotation(problem: Problem): string {
  const { file, message, hint } = problem;
  const data = (text: string): string =>
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const text = hint === undefined ? message : `${message}: ${hint}`;
  if (problem.line === undefined) return `::error title=${property(file)}::${data(headline(problem))}\n`;
  const { line, column, length } = problem;
  return `::error file=${property(file)},line=${line},col=${column},endColumn=${column + length}::${data(text)}\n`;
}
