import { join, resolve } from 'node:path';
import { AppendFile } from './append-file.ts';
import { checkWritable, DataError, type Disk, makeFolder, realDisk, replaceFile } from './disk.ts';
import { readFrames } from './frames.ts';
import { lockFolder } from './lock.ts';
import type { BaseEntry, Entry } from './log.ts';

const ABOUT = 'crabapple.json';
const LOCK = 'lock';
const ORGANIZATIONS = 'organizations';
const SUFFIX = '.data';
/** 1: Crabapple 0.1. */
const FORMAT = 2;

export interface DataFolderOptions {
  /** Waits with every response until the disk has the changes: they survive a loss of power, not only a killed process. */
  readonly fsync?: boolean | undefined;
  readonly version: string;
  readonly onNotice?: ((message: string) => void) | undefined;
  readonly disk?: Disk | undefined;
}

/** The content of the file of one organization. */
export interface StoredOrganization {
  readonly base: BaseEntry;
  readonly entries: readonly Entry[];
  readonly file: AppendFile;
}

/** Ids that differ in case have different file names on every file system. */
const fileNameOf = (id: string): string =>
  `${id.replace(/[A-Z]/g, (letter) => `+${letter.toLowerCase()}`)}${SUFFIX}`;

/** The folder of one server, with a file for each organization. */
export class DataFolder {
  readonly path: string;
  readonly #options: DataFolderOptions;
  readonly #disk: Disk;
  readonly #unlock: () => void;

  /** @throws DataError if the folder has other files, or is in use */
  constructor(path: string, options: DataFolderOptions) {
    this.path = resolve(path);
    this.#options = options;
    this.#disk = options.disk ?? realDisk;
    const isNew = prepare(this.#disk, this.path, this.fsync);
    this.#unlock = lockFolder(this.#disk, join(this.path, LOCK));
    if (isNew) this.#describe();
  }

  #describe(): void {
    const about = { format: FORMAT, version: this.#options.version };
    replaceFile(this.#disk, join(this.path, ABOUT), `${JSON.stringify(about)}\n`, this.fsync);
  }

  get fsync(): boolean {
    return this.#options.fsync ?? false;
  }

  notice(message: string): void {
    this.#options.onNotice?.(message);
  }

  fileFor(id: string): AppendFile {
    const path = join(this.path, ORGANIZATIONS, fileNameOf(id));
    return new AppendFile(this.#disk, path, this.fsync, 0);
  }

  /** All organizations in the folder. @throws DataError if a file was altered, or was not written by Crabapple */
  read(): readonly StoredOrganization[] {
    const folder = join(this.path, ORGANIZATIONS);
    const stored: StoredOrganization[] = [];
    for (const name of this.#disk.readdirSync(folder)) {
      const path = join(folder, name);
      if (name.endsWith('.new')) this.#disk.rmSync(path, { force: true });
      else if (name.endsWith(SUFFIX)) stored.push(this.#readFile(path));
    }
    return stored.sort((one, other) => one.base.order - other.base.order);
  }

  #readFile(path: string): StoredOrganization {
    if ((this.#disk.statSync(path).mode & 0o077) !== 0) this.#disk.chmodSync(path, 0o600);
    const bytes = this.#disk.readFileSync(path);
    const reading = readFrames(bytes);
    switch (reading.kind) {
      case 'foreign':
        throw new DataError(`${path} was not written by Crabapple`, 'move it out of the folder');
      case 'newer':
        throw new DataError(
          `${path} was written by another version of Crabapple, or with a newer version of Node`,
          'serve it with that version, or move it away to start the organization again',
        );
      case 'altered':
        throw new DataError(
          `${path} was altered: byte ${reading.at} is not as it was written`,
          'restore the file from a backup, or move it away to start the organization again; a loss of power without --fsync can cause this',
        );
      case 'read': {
        const [base, ...entries] = reading.entries as Entry[];
        if (base?.kind !== 'base')
          throw new DataError(`${path} has no complete base`, 'move it away to start the organization again');
        if (reading.end < bytes.length) this.#cut(path, bytes, reading.end);
        if (this.fsync) this.#makeSafe(path);
        return { base, entries, file: new AppendFile(this.#disk, path, this.fsync, reading.end) };
      }
    }
  }

  /** An unfinished entry was never confirmed by a response. It is moved to another file. */
  #cut(path: string, bytes: Buffer, end: number): void {
    const rest = `${path}.cut`;
    replaceFile(this.#disk, rest, bytes.subarray(end), this.fsync);
    const descriptor = this.#disk.openSync(path, 'r+');
    this.#disk.ftruncateSync(descriptor, end);
    this.#disk.closeSync(descriptor);
    this.notice(
      `${path} ended with ${bytes.length - end} bytes of an unfinished entry; they were moved to ${rest}`,
    );
  }

  /** Bytes that a killed server wrote may not be on the disk yet. */
  #makeSafe(path: string): void {
    const descriptor = this.#disk.openSync(path, 'r+');
    this.#disk.fsyncSync(descriptor);
    this.#disk.closeSync(descriptor);
  }

  close(): void {
    this.#unlock();
  }
}

/** @returns whether the folder is new */
function prepare(disk: Disk, folder: string, syncs: boolean): boolean {
  makeFolder(disk, folder, syncs);
  checkWritable(disk, folder);
  const names = disk.readdirSync(folder);
  const isNew = !names.includes(ABOUT);
  if (isNew && names.some((name) => !isOurs(name))) {
    throw new DataError(
      `${folder} has files in it that are not Crabapple's`,
      'give --data a new or empty folder',
    );
  }
  if (!isNew) checkFormat(disk, join(folder, ABOUT));
  makeFolder(disk, join(folder, ORGANIZATIONS), syncs);
  return isNew;
}

/** Files of a server that was killed during its first start. */
const isOurs = (name: string): boolean =>
  name.startsWith(LOCK) || name === ORGANIZATIONS || name === `${ABOUT}.new`;

function checkFormat(disk: Disk, about: string): void {
  let format: unknown;
  try {
    format = (JSON.parse(disk.readFileSync(about).toString('utf8')) as { format?: unknown }).format;
  } catch {
    throw new DataError(
      `${about} cannot be read`,
      `folders of this version have {"format": ${FORMAT}} in it`,
    );
  }
  if (format !== FORMAT) {
    const version = format === 1 ? 'Crabapple 0.1' : 'another version of Crabapple';
    throw new DataError(
      `${about} says format ${JSON.stringify(format)} of ${version}; this version writes ${FORMAT}`,
      'serve the folder with the version that wrote it, or give --data another folder',
    );
  }
}
