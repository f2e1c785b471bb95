/** Why a snapshot cannot be taken or found. */
export type SnapshotProblem = 'name_form' | 'unknown_name' | 'too_many' | 'no_file';

/** A snapshot that cannot be taken or found. */
export class SnapshotError extends Error {
  /** What stands against it, as one word. */
  readonly problem: SnapshotProblem;

  constructor(problem: SnapshotProblem, message: string) {
    super(message);
    this.name = 'SnapshotError';
    this.problem = problem;
  }
}
