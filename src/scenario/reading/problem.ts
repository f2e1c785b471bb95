export type Path = readonly (string | number)[];

/** One thing that is wrong with a file. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Characters that it is about, at least 1. */
  readonly length: number;
  readonly path: Path;
  readonly message: string;
  readonly hint?: string | undefined;
}

const MOST_SHOWN = 50;

/** A file that is refused, with all that is wrong with it in the order of the lines. */
export class ScenarioError extends Error {
  readonly problems: readonly Problem[];
  /** Lines of the file, for showing. */
  readonly lines: readonly string[];
  /** Problems beyond those that are kept. */
  readonly more: number;

  constructor(problems: readonly Problem[], lines: readonly string[]) {
    const sorted = [...problems].sort((one, other) => one.line - other.line || one.column - other.column);
    const first = sorted[0];
    super(
      first === undefined
        ? 'the scenario is wrong'
        : `${first.file}:${first.line}:${first.column}: ${first.message}`,
    );
    this.name = 'ScenarioError';
    this.problems = sorted.slice(0, MOST_SHOWN);
    this.lines = lines;
    this.more = sorted.length - this.problems.length;
  }
}
