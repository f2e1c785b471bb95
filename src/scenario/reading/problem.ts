import type { Source } from './source.ts';

export type Path = readonly (string | number)[];

/** A place in a text. Lines and columns count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** Number of characters, at least 1. */
  readonly length: number;
}

/** An object has no lines. */
type NoPlace = { readonly [Member in keyof Place]?: undefined };

/** One thing that is wrong with a scenario. */
export type Problem = ProblemText & (Place | NoPlace);

interface ProblemText {
  /** File name in reports. */
  readonly file: string;
  /** Members and indexes, the outermost first. */
  readonly path: Path;
  readonly message: string;
  readonly hint?: string | undefined;
}

const MOST_SHOWN = 50;
const MOST_IN_MESSAGE = 10;

const shownPath = (path: Path): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[\w$]+$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');

/** A problem on one line. With a line number, the hint is left to the excerpt of the text. */
export function headline({ file, line, column, path, message, hint }: Problem): string {
  if (line !== undefined) return `${file}:${line}:${column}: ${message}`;
  const where = path.length === 0 ? file : `${file}: ${shownPath(path)}`;
  return `${where}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
}

/** The first problem of a text, because the excerpts show the others; all problems of an object. */
function summary(problems: readonly Problem[]): string {
  const [first] = problems;
  if (first === undefined) return 'the scenario is invalid';
  if (first.line !== undefined)
    return `${headline(first)}${first.hint === undefined ? '' : ` (${first.hint})`}`;
  const more = problems.length - MOST_IN_MESSAGE;
  const shown = problems.slice(0, MOST_IN_MESSAGE).map(headline);
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

/** A scenario was rejected. Lists every problem, in the order of the lines. */
export class ScenarioError extends Error {
  readonly problems: readonly Problem[];
  /** Lines of the text, for excerpts; empty for an object. */
  readonly lines: readonly string[];
  /** Number of problems that `problems` leaves out. */
  readonly more: number;

  constructor(problems: readonly Problem[], lines: readonly string[]) {
    const sorted = [...problems].sort(
      (one, other) => (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0),
    );
    super(summary(sorted));
    this.name = 'ScenarioError';
    this.problems = sorted.slice(0, MOST_SHOWN);
    this.lines = lines;
    this.more = sorted.length - this.problems.length;
  }
}

/** Something wrong in a file, found by the schema or between parts that are each well-formed. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly hint?: string | undefined;
  /** True: point at the key rather than at its value. */
  readonly atKey?: boolean | undefined;
}

/** The error that reports findings, each with its line and column in the file. */
export function scenarioErrorOf(source: Source, findings: readonly Finding[]): ScenarioError {
  const problems = findings.map(({ path, message, hint, atKey }) => ({
    file: source.file,
    ...source.placeOf(path, atKey ? 'key' : 'value'),
    path,
    message,
    hint,
  }));
  return new ScenarioError(problems, source.lines);
}

/** @throws ScenarioError if there are findings */
export function assertNoFindings(source: Source, findings: readonly Finding[]): void {
  if (findings.length > 0) throw scenarioErrorOf(source, findings);
}
