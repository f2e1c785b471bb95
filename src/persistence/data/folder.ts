import { join, resolve } from 'node:path';
import { AppendFile } from './append-file.ts';
import { DataError } from './data-error.ts';
import { type Disk, realDisk, replaceFile } from './disk.ts';
import type { Begun, Entry } from './entries.ts';
import { readFrames } from './frames.ts';
import { lockFolder } from './lock.ts';
import { checkWritable, makeFolder } from './make-folder.ts';

const ABOUT = 'crabapple.json';
const LOCK = 'lock';
const ORGANIZATIONS = 'organizations';
const SUFFIX = '.data';
const FORMAT = 1;

export interface DataFolderOptions {
  /** Waits with every answer until the disk has it: survives a loss of power, not only a killed process. */
  readonly fsync?: boolean | undefined;
  readonly version: string;
  readonly onNotice?: ((message: string) => void) | undefined;
  readonly disk?: Disk | undefined;
}

/** What a file holds of an organization. */
export interface Kept {
  readonly begun: Begun;
  readonly entries: readonly Entry[];
  readonly file: AppendFile;
}

/** File names keep the case of ids apart also where the disk does not. */
const fileNameOf = (id: string): string =>
  `${id.replace(/[A-Z]/g, (letter) => `+${letter.toLowerCase()}`)}${SUFFIX}`;

/** The folder of one server, with a file for each organization. */
export class DataFolder {
  readonly path: string;
  readonly #options: DataFolderOptions;
  readonly #disk: Disk;
  readonly #unlock: () => void;

  /** @throws DataError where it is another's, or in use */
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

  /** All organizations that are kept here. @throws DataError where a file was altered, or is none of ours */
  read(): readonly Kept[] {
    const folder = join(this.path, ORGANIZATIONS);
    const kept: Kept[] = [];
    for (const name of this.#disk.readdirSync(folder)) {
      const path = join(folder, name);
      if (name.endsWith('.new')) this.#disk.rmSync(path, { force: true });
      else if (name.endsWith(SUFFIX)) kept.push(this.#readFile(path));
    }
    return kept.sort((one, other) => one.begun.order - other.begun.order);
  }

  #readFile(path: string): Kept {
    if ((this.#disk.statSync(path).mode & 0o077) !== 0) this.#disk.chmodSync(path, 0o600);
    const bytes = this.#disk.readFileSync(path);
    const reading = readFrames(bytes);
    switch (reading.kind) {
      case 'foreign':
        throw new DataError(`${path} is not written by Crabapple`, 'move it out of the folder');
      case 'newer':
        throw new DataError(
          `${path} is written by another version of Crabapple, or with a newer one of Node`,
          'serve it with that version, or move it away to begin anew',
        );
      case 'altered':
        throw new DataError(
          `${path} was altered: what stands at byte ${reading.at} is not what was written`,
          'bring the file back from a copy, or move it away to begin the organization anew; a loss of power does this where --fsync was not given',
        );
      case 'read': {
        const [begun, ...entries] = reading.entries as Entry[];
        if (begun?.kind !== 'begun')
          throw new DataError(`${path} has no beginning`, 'move it away to begin the organization anew');
        if (reading.end < bytes.length) this.#cut(path, bytes, reading.end);
        if (this.fsync) this.#makeSafe(path);
        return { begun, entries, file: new AppendFile(this.#disk, path, this.fsync, reading.end) };
      }
    }
  }

  /** What was never finished was never answered. It is put aside all the same. */
  #cut(path: string, bytes: Buffer, end: number): void {
    const aside = `${path}.cut`;
    replaceFile(this.#disk, aside, bytes.subarray(end), this.fsync);
    const descriptor = this.#disk.openSync(path, 'r+');
    this.#disk.ftruncateSync(descriptor, end);
    this.#disk.closeSync(descriptor);
    this.notice(
      `${path} ended in ${bytes.length - end} bytes of an entry that was never finished; they are cut off, and in ${aside}`,
    );
  }

  /** What was read may have come from memory: a server that was killed had written it, and nobody waited for the disk. */
  #makeSafe(path: string): void {
    const descriptor = this.#disk.openSync(path, 'r+');
    this.#disk.fsyncSync(descriptor);
    this.#disk.closeSync(descriptor);
  }

  close(): void {
    this.#unlock();
  }
}

/** @returns whether there is nothing in it yet */
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

/** What a server that was killed at its very start has left. */
const isOurs = (name: string): boolean =>
  name.startsWith(LOCK) || name === ORGANIZATIONS || name === `${ABOUT}.new`;

function checkFormat(disk: Disk, about: string): void {
  let format: unknown;
  try {
    format = (JSON.parse(disk.readFileSync(about).toString('utf8')) as { format?: unknown }).format;
  } catch {
    throw new DataError(
      `${about} cannot be read`,
      `it says {"format": ${FORMAT}} in folders of this version`,
    );
  }
  if (format !== FORMAT) {
    throw new DataError(
      `${about} says format ${JSON.stringify(format)}; this version writes ${FORMAT}`,
      'serve it with the version that wrote it, or give --data another folder',
    );
  }
}
