import type { Snapshot } from './snapshot.ts';
import { SnapshotError } from './snapshot-error.ts';

/** Names are names of files where snapshots are kept in a folder: nothing in them leads out of it. */
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
export class Shelf {
  #snapshots: ReadonlyMap<string, Snapshot> = new Map();

  /** Another map after each change. */
  get entries(): ReadonlyMap<string, Snapshot> {
    return this.#snapshots;
  }

  get names(): readonly string[] {
    return [...this.#snapshots.keys()];
  }

  /** In the place of one of the same name. @throws SnapshotError */
  put(name: string, snapshot: Snapshot): void {
    checkName(name);
    if (this.#snapshots.size >= MOST_SNAPSHOTS && !this.#snapshots.has(name)) {
      throw new SnapshotError('too_many', `${MOST_SNAPSHOTS} snapshots are kept; delete some`);
    }
    this.#snapshots = new Map([...this.#snapshots, [name, snapshot]]);
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
    this.#snapshots = new Map([...this.#snapshots].filter(([kept]) => kept !== name));
  }
}
