export type Path = readonly (string | number)[];

/** Where something stands in a text. Lines and columns count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** Characters that it is about, at least 1. */
  readonly length: number;
}

/** What came as an object has no lines. */
type NoPlace = { readonly [Member in keyof Place]?: undefined };

/** One thing that is wrong with a scenario. */
export type Problem = WhatIsWrong & (Place | NoPlace);

interface WhatIsWrong {
  /** Name under which it is reported. */
  readonly file: string;
  /** Members and indexes from the outermost on. */
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

/** A problem on one line; lines of a text have their hint where the text is shown. */
export function headline({ file, line, column, path, message, hint }: Problem): string {
  if (line !== undefined) return `${file}:${line}:${column}: ${message}`;
  const where = path.length === 0 ? file : `${file}: ${shownPath(path)}`;
  return `${where}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
}

/** Of a text the first problem, as the others stand in it; of an object, which nobody shows, all. */
function summary(problems: readonly Problem[]): string {
  const [first] = problems;
  if (first === undefined) return 'the scenario is wrong';
  if (first.line !== undefined)
    return `${headline(first)}${first.hint === undefined ? '' : ` (${first.hint})`}`;
  const more = problems.length - MOST_IN_MESSAGE;
  const told = problems.slice(0, MOST_IN_MESSAGE).map(headline);
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

/** A scenario that is refused, with all that is wrong with it in the order of the lines. */
export class ScenarioError extends Error {
  readonly problems: readonly Problem[];
  /** Lines of the text, for showing; none of an object. */
  readonly lines: readonly string[];
  /** Problems beyond those that are kept. */
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
