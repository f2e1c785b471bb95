import * as fs from 'node:fs';
import { dirname } from 'node:path';

/** What is asked of a disk, so that tests can put one in its place whose power fails. */
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

/** So that a name in a folder, or that none is there any more, is safe from a loss of power. */
export function syncFolder(disk: Disk, folder: string): void {
  const descriptor = disk.openSync(folder, 'r');
  try {
    disk.fsyncSync(descriptor);
  } finally {
    disk.closeSync(descriptor);
  }
}

/** Takes the place of a file in one step; with `syncs` that is safe from a loss of power as well. */
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
