import { constants } from 'node:fs';
import { dirname } from 'node:path';
import { DataError } from './data-error.ts';
import { type Disk, syncFolder } from './disk.ts';

const PRIVATE = 0o700;

const HINT = 'give --data a folder that this user may write to, or the name of a new one in such a folder';

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** A folder that can be written to, made with those above it where they are not there. @throws DataError */
export function makeFolder(disk: Disk, folder: string, syncs: boolean): void {
  const above = dirname(folder);
  if (!isFolder(disk, folder)) {
    if (above === folder) throw new DataError(`${folder} is not there`, HINT);
    makeFolder(disk, above, syncs);
    // One by one: asked for all at once, Node tries for ever where the system has its own mind, as in /proc.
    try {
      disk.mkdirSync(folder, { mode: PRIVATE });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || !isFolder(disk, folder))
        throw new DataError(`${folder} cannot be made: ${(error as Error).message}`, HINT);
    }
    if (syncs) syncFolder(disk, above);
  }
}

/** @throws DataError where something else has the name, or nobody may look */
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

/** @throws DataError where this user may not write into it */
export function checkWritable(disk: Disk, folder: string): void {
  try {
    disk.accessSync(folder, constants.W_OK | constants.X_OK | constants.R_OK);
  } catch (error) {
    throw new DataError(`${folder} cannot be written to: ${(error as Error).message}`, HINT);
  }
}
