import {
  closeSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Entry } from './entries.ts';
import { frameOf, MAGIC } from './frames.ts';

const PRIVATE = 0o600;

/** A file that only grows, until it is begun anew. For its owner alone: it holds credentials. */
export class AppendFile {
  readonly path: string;
  readonly #syncs: boolean;
  #descriptor: number | undefined;
  #size: number;
  #sizeAtBeginning: number;

  /** @param size bytes of it that are whole */
  constructor(path: string, syncs: boolean, size: number) {
    this.path = path;
    this.#syncs = syncs;
    this.#size = size;
    this.#sizeAtBeginning = size;
  }

  /** How many times larger it is than when it was begun. */
  get growth(): number {
    return this.#size / Math.max(this.#sizeAtBeginning, 1);
  }

  get size(): number {
    return this.#size;
  }

  /** Takes the place of the former file in one step: whoever looks finds the one or the other, whole. */
  begin(entry: Entry): void {
    const draft = `${this.path}.new`;
    const frame = frameOf(entry);
    const descriptor = openSync(draft, 'w', PRIVATE);
    try {
      writeAll(descriptor, MAGIC);
      writeAll(descriptor, frame);
      if (this.#syncs) fsyncSync(descriptor);
      renameSync(draft, this.path);
    } catch (error) {
      closeSync(descriptor);
      rmSync(draft, { force: true });
      throw error;
    }
    this.close();
    if (this.#syncs) syncFolder(dirname(this.path));
    this.#descriptor = descriptor;
    this.#size = MAGIC.length + frame.length;
    this.#sizeAtBeginning = this.#size;
  }

  put(entry: Entry): void {
    this.#descriptor ??= openSync(this.path, 'r+');
    const frame = frameOf(entry);
    try {
      writeAll(this.#descriptor, frame, this.#size);
    } catch (error) {
      ftruncateSync(this.#descriptor, this.#size);
      throw error;
    }
    this.#size += frame.length;
  }

  /** Until what was written is safe from a loss of power. */
  synced(): Promise<void> {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) return Promise.resolve();
    return new Promise((resolve, reject) => {
      fdatasync(descriptor, (error) => {
        // One that was begun anew meanwhile was synchronized then.
        if (error === null || error.code === 'EBADF') resolve();
        else reject(error);
      });
    });
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  remove(): void {
    this.close();
    rmSync(this.path, { force: true });
    if (this.#syncs) syncFolder(dirname(this.path));
  }
}

function writeAll(descriptor: number, bytes: Buffer, position: number | null = null): void {
  let written = 0;
  while (written < bytes.length) {
    const at = position === null ? null : position + written;
    written += writeSync(descriptor, bytes, written, bytes.length - written, at);
  }
}

/** So that a name in it is safe as well. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
