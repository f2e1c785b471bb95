import type { FilePlace } from '../scenario/verification.ts';

/** Every {@link VerdictStatus}. */
export const VERDICT_STATUSES = ['passed', 'failed', 'unknown'] as const satisfies readonly VerdictStatus[];

/** `unknown`: the recorded data does not suffice for a verdict. It never counts as a success. */
export type VerdictStatus = 'passed' | 'failed' | 'unknown';

/** An exchange that supports a verdict. */
export interface Evidence {
  readonly seq: number;
  readonly operation: string;
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number;
  /** The first difference from what was expected, as text. */
  readonly difference?: string | undefined;
}

/** The result of an expectation, without its name. */
export interface Outcome {
  readonly status: VerdictStatus;
  /** The reason as a sentence; undefined if it passed. */
  readonly reason?: string | undefined;
  /** The exchange that decided the verdict, or the one that is nearest to what was expected. */
  readonly nearest?: Evidence | undefined;
  /** Findings that do not fail the expectation. */
  readonly warnings?: readonly string[] | undefined;
}

/** The result of one expectation. */
export interface Verdict extends Outcome {
  /** Its name in the scenario file, or what was expected. */
  readonly name: string;
  /** What was expected, as a sentence. */
  readonly expected: string;
  /** Its place in the scenario file; undefined without a file. */
  readonly place: FilePlace | undefined;
}

export const PASSED: Outcome = { status: 'passed' };
