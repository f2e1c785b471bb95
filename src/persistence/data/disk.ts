import * as fs from 'node:fs';
import { dirname } from 'node:path';

/** A data folder or file that cannot be used, with a hint what to do. */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** File system calls. Tests replace them by a disk that loses power. */
export interface Disk {
  accessSync(path: string, mode: number): void;
  chmodSync(path: string, mode: number): void;
  closeSync(descriptor: number): void;
  fsyncSync(descriptor: number): void;
  ftruncateSync(descriptor: number, size: number): void;
  mkdirSync(path: string, options: { readonly mode: number }): unknown;
  openSync(path: string, flags: string, mode?: number): number;
  renameSync(from: string, to: string): void;
  rmSync(path: string, options: { readonly force: true }): void;
  fdatasync(descriptor: number, done: (error: NodeJS.ErrnoException | null) => void): void;
  readdirSync(path: string): string[];
  readFileSync(path: string): Buffer;
  statSync(path: string): { readonly mode: number; isDirectory(): boolean };
  writeFileSync(
    path: string,
    data: string | Uint8Array,
    options: { readonly mode: number; readonly flag?: string },
  ): void;
  writeSync(
    descriptor: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): number;
}

export const realDisk: Disk = fs;

/** Makes added and removed names in a folder safe from a loss of power. */
export function syncFolder(disk: Disk, folder: string): void {
  const descriptor = disk.openSync(folder, 'r');
  try {
    disk.fsyncSync(descriptor);
  } finally {
    disk.closeSync(descriptor);
  }
}

/** Replaces a file in one step. With `syncs`, a loss of power leaves the old or the new file. */
export function replaceFile(disk: Disk, path: string, data: string | Uint8Array, syncs: boolean): void {
  const draft = `${path}.new`;
  const descriptor = disk.openSync(draft, 'w', 0o600);
  try {
    writeAll(disk, descriptor, typeof data === 'string' ? Buffer.from(data) : data);
    if (syncs) disk.fsyncSync(descriptor);
  } finally {
    disk.closeSync(descriptor);
  }
  disk.renameSync(draft, path);
  if (syncs) syncFolder(disk, dirname(path));
}

export function writeAll(
  disk: Disk,
  descriptor: number,
  bytes: Uint8Array,
  position: number | null = null,
): void {
  let written = 0;
  while (written < bytes.length) {
    const at = position === null ? null : position + written;
    written += disk.writeSync(descriptor, bytes, written, bytes.length - written, at);
  }
}

const PRIVATE_FOLDER = 0o700;

const HINT = 'give --data a folder that this user may write to, or the name of a new one in such a folder';

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Creates a folder and its parents if they do not exist. @throws DataError */
export function makeFolder(disk: Disk, folder: string, syncs: boolean): void {
  const above = dirname(folder);
  if (!isFolder(disk, folder)) {
    if (above === folder) throw new DataError(`${folder} does not exist`, HINT);
    makeFolder(disk, above, syncs);
    // One by one: with `recursive`, Node never returns on some file systems, such as /proc.
    try {
      disk.mkdirSync(folder, { mode: PRIVATE_FOLDER });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || !isFolder(disk, folder))
        throw new DataError(`${folder} cannot be created: ${(error as Error).message}`, HINT);
    }
    if (syncs) syncFolder(disk, above);
  }
}

/** @throws DataError if a file has the name, or the path cannot be accessed */
function isFolder(disk: Disk, path: string): boolean {
  let isDirectory: boolean;
  try {
    isDirectory = disk.statSync(path).isDirectory();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw new DataError(`${path} cannot be used: ${(error as Error).message}`, HINT);
  }
  if (!isDirectory) throw new DataError(`${path} is a file, not a folder`, HINT);
  return true;
}

/** @throws DataError if this user may not write to the folder */
export function checkWritable(disk: Disk, folder: string): void {
  try {
    disk.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK | fs.constants.R_OK);
  } catch (error) {
    throw new DataError(`${folder} cannot be written to: ${(error as Error).message}`, HINT);
  }
}
