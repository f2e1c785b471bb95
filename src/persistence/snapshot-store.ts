import type { SavedOrganization } from '../organization/organization.ts';

/** Why a snapshot cannot be taken or found. */
export type SnapshotProblem = 'name_form' | 'unknown_name' | 'too_many' | 'no_file';

/** A snapshot that cannot be taken or found. */
export class SnapshotError extends Error {
  /** The problem as one word. */
  readonly problem: SnapshotProblem;

  constructor(problem: SnapshotProblem, message: string) {
    super(message);
    this.name = 'SnapshotError';
    this.problem = problem;
  }
}

/** The state of an organization at some time, with its clock, faults and timeline. Journal and expectations are not in it. */
export type Snapshot = SavedOrganization;

/** Names are used in file names: no path can be a name. */
const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/i;

export const MOST_SNAPSHOTS = 100;

/** @throws SnapshotError */
export function checkName(name: string): void {
  if (NAME.test(name)) return;
  throw new SnapshotError(
    'name_form',
    `the name ${JSON.stringify(name.slice(0, 80))} must match ${NAME.source}`,
  );
}

/** The named snapshots of one organization. */
export class SnapshotStore {
  #snapshots: ReadonlyMap<string, Snapshot> = new Map();
  readonly #listeners = new Set<() => void>();

  /** @returns a function that stops listening */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #set(snapshots: ReadonlyMap<string, Snapshot>): void {
    this.#snapshots = snapshots;
    for (const listener of this.#listeners) listener();
  }

  /** A new map after each change. */
  get entries(): ReadonlyMap<string, Snapshot> {
    return this.#snapshots;
  }

  get names(): readonly string[] {
    return [...this.#snapshots.keys()];
  }

  /** Replaces a snapshot of the same name. @throws SnapshotError */
  put(name: string, snapshot: Snapshot): void {
    checkName(name);
    if (this.#snapshots.size >= MOST_SNAPSHOTS && !this.#snapshots.has(name)) {
      throw new SnapshotError('too_many', `${MOST_SNAPSHOTS} snapshots are stored; delete some`);
    }
    this.#set(new Map([...this.#snapshots, [name, snapshot]]));
  }

  /** `snapshot-1`, `snapshot-2`, … */
  get freeName(): string {
    let number = this.#snapshots.size + 1;
    while (this.#snapshots.has(`snapshot-${number}`)) number += 1;
    return `snapshot-${number}`;
  }

  /** @throws SnapshotError */
  get(name: string): Snapshot {
    checkName(name);
    const snapshot = this.#snapshots.get(name);
    if (snapshot !== undefined) return snapshot;
    const names =
      this.names.length === 0 ? 'none was taken' : `there are ${this.names.slice(0, 20).join(', ')}`;
    throw new SnapshotError('unknown_name', `no snapshot is named ${JSON.stringify(name)}; ${names}`);
  }

  /** @throws SnapshotError */
  delete(name: string): void {
    this.get(name);
    this.#set(new Map([...this.#snapshots].filter(([each]) => each !== name)));
  }
}
