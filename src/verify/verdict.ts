import type { FilePlace } from '../scenario/verification.ts';

/** Every {@link VerdictStatus}. */
export const VERDICT_STATUSES = ['passed', 'failed', 'unknown'] as const satisfies readonly VerdictStatus[];

/** `unknown`: what happened cannot be told any more. It never passes for a success. */
/** `unknown`: what happened cannot be told any more. It never passes for a success. */
export type VerdictStatus = 'passed' | 'failed' | 'unknown';

/** One exchange of those that were seen. */
export interface Evidence {
  readonly seq: number;
  readonly operation: string;
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number;
  /** The first thing in which it is not what was expected, in words. */
  readonly difference?: string | undefined;
}

/** What became of an expectation, without which one it is. */
export interface Outcome {
  /** Whether it holds. */
  readonly status: VerdictStatus;
  /** Why it is so, as a sentence; undefined where it passed and there is nothing to say. */
  readonly reason?: string | undefined;
  /** The exchange that decided, or the one that came nearest. */
  readonly nearest?: Evidence | undefined;
  /** What should be looked at though it does not fail. */
  readonly warnings?: readonly string[] | undefined;
}

/** One expectation verified. */
export interface Verdict extends Outcome {
  /** As the file calls it, else what was expected. */
  readonly name: string;
  /** What was expected, as a sentence. */
  readonly expected: string;
  /** Where the expectation stands; undefined where it is of no file. */
  readonly place: FilePlace | undefined;
}

export const PASSED: Outcome = { status: 'passed' };
