import { dirname } from 'node:path';
import { type Disk, syncFolder, writeAll } from './disk.ts';
import type { Entry } from './entries.ts';
import { frameOf, MAGIC } from './frames.ts';

const PRIVATE = 0o600;

/** A file that only grows, until it is begun anew. For its owner alone: it holds credentials. */
export class AppendFile {
  readonly path: string;
  readonly #disk: Disk;
  readonly #syncs: boolean;
  #descriptor: number | undefined;
  #size: number;
  #sizeAtBeginning: number;
  /** Bytes that a loss of power leaves as they are. */
  #safe: number;

  /** Set where the disk could not be synchronized: what it says afterward tells nothing of what came before. */
  #doubtful = false;

  /** @param size bytes of it that are whole */
  constructor(disk: Disk, path: string, syncs: boolean, size: number) {
    this.#disk = disk;
    this.path = path;
    this.#syncs = syncs;
    this.#size = size;
    this.#sizeAtBeginning = size;
    this.#safe = size;
  }

  /** How many times larger it is than when it was begun. */
  get growth(): number {
    return this.#size / Math.max(this.#sizeAtBeginning, 1);
  }

  get size(): number {
    return this.#size;
  }

  /** Whether it must be begun anew before anybody may rely on it. */
  get doubtful(): boolean {
    return this.#doubtful;
  }

  /** Takes the place of the former file in one step: whoever looks finds the one or the other, whole. */
  begin(entry: Entry): void {
    const disk = this.#disk;
    const draft = `${this.path}.new`;
    const frame = frameOf(entry, MAGIC.length);
    const descriptor = disk.openSync(draft, 'w', PRIVATE);
    try {
      writeAll(disk, descriptor, MAGIC);
      writeAll(disk, descriptor, frame);
      if (this.#syncs) disk.fsyncSync(descriptor);
      disk.renameSync(draft, this.path);
    } catch (error) {
      disk.closeSync(descriptor);
      disk.rmSync(draft, { force: true });
      throw error;
    }
    this.close();
    this.#descriptor = descriptor;
    if (this.#syncs) syncFolder(disk, dirname(this.path));
    this.#doubtful = false;
    this.#size = MAGIC.length + frame.length;
    this.#sizeAtBeginning = this.#size;
    this.#safe = this.#size;
  }

  put(entry: Entry): void {
    this.#descriptor ??= this.#disk.openSync(this.path, 'r+');
    // Without synchronizing a killed process alone is reckoned with, and that one leaves all as it was written.
    const frame = frameOf(entry, this.#syncs ? this.#safe : this.#size);
    try {
      writeAll(this.#disk, this.#descriptor, frame, this.#size);
    } catch (error) {
      this.#disk.ftruncateSync(this.#descriptor, this.#size);
      throw error;
    }
    this.#size += frame.length;
  }

  /** Until what was written is safe from a loss of power. */
  synced(): Promise<void> {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) return Promise.resolve();
    const size = this.#size;
    return new Promise((resolve, reject) => {
      this.#disk.fdatasync(descriptor, (error) => {
        // One that was begun anew meanwhile was synchronized then.
        const isAnother = this.#descriptor !== descriptor;
        if (error !== null && !isAnother) {
          this.#doubtful = true;
          return reject(error);
        }
        if (!isAnother) this.#safe = Math.max(this.#safe, size);
        resolve();
      });
    });
  }

  close(): void {
    if (this.#descriptor !== undefined) this.#disk.closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  remove(): void {
    this.close();
    this.#disk.rmSync(this.path, { force: true });
    if (this.#syncs) syncFolder(this.#disk, dirname(this.path));
  }
}
