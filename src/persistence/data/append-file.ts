import { dirname } from 'node:path';
import { type Disk, syncFolder, writeAll } from './disk.ts';
import { frameOf, MAGIC } from './frames.ts';
import type { Entry } from './log.ts';

const PRIVATE = 0o600;

/** A file that only grows until it is started again. Only its owner can read it: it contains credentials. */
export class AppendFile {
  readonly path: string;
  readonly #disk: Disk;
  readonly #syncs: boolean;
  #descriptor: number | undefined;
  #size: number;
  #baseSize: number;
  /** Size that a loss of power does not change. */
  #safe: number;

  /** Set if a sync failed: later syncs say nothing about earlier writes. */
  #doubtful = false;

  /** @param size of its complete entries */
  constructor(disk: Disk, path: string, syncs: boolean, size: number) {
    this.#disk = disk;
    this.path = path;
    this.#syncs = syncs;
    this.#size = size;
    this.#baseSize = size;
    this.#safe = size;
  }

  /** Its size as a multiple of its size after the base. */
  get growth(): number {
    return this.#size / Math.max(this.#baseSize, 1);
  }

  get size(): number {
    return this.#size;
  }

  /** Whether it must be started again before it can be relied on. */
  get doubtful(): boolean {
    return this.#doubtful;
  }

  /** Starts the file again. It replaces the former file in one step: readers find one of them, complete. */
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
    this.#baseSize = this.#size;
    this.#safe = this.#size;
  }

  put(entry: Entry): void {
    this.#descriptor ??= this.#disk.openSync(this.path, 'r+');
    // Without syncs only a killed process matters, and that leaves everything as it was written.
    const frame = frameOf(entry, this.#syncs ? this.#safe : this.#size);
    try {
      writeAll(this.#disk, this.#descriptor, frame, this.#size);
    } catch (error) {
      this.#disk.ftruncateSync(this.#descriptor, this.#size);
      throw error;
    }
    this.#size += frame.length;
  }

  /** Resolves when everything that was written is safe from a loss of power. */
  synced(): Promise<void> {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) return Promise.resolve();
    const size = this.#size;
    return new Promise((resolve, reject) => {
      this.#disk.fdatasync(descriptor, (error) => {
        // A file that was started again meanwhile was synced then.
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
