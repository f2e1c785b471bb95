import { readFileSync } from 'node:fs';
import { DataError } from './data-error.ts';
import type { Disk } from './disk.ts';

/** Who holds a folder. */
interface Holder {
  readonly pid: number;
  /** Tells a process from a later one of the same number, where the system says it. */
  readonly startedAt: string | undefined;
}

/** Ticks after the start of the machine at which a process began: field 22 of its `stat` in Linux. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return startedAt === undefined || startOf(pid) === startedAt;
}

function holderIn(text: string): Holder | undefined {
  try {
    const value = JSON.parse(text) as Partial<Holder>;
    return typeof value.pid === 'number' ? { pid: value.pid, startedAt: value.startedAt } : undefined;
  } catch {
    return undefined;
  }
}

function textOf(disk: Disk, file: string): string | undefined {
  try {
    return disk.readFileSync(file).toString('utf8');
  } catch {
    return undefined;
  }
}

/**
 * Takes a folder for this process alone; a holder that was killed has lost it.
 *
 * @returns how to let go of it
 * @throws DataError where another server has it
 */
export function lockFolder(disk: Disk, file: string): () => void {
  const own = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) } satisfies Holder);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      disk.writeFileSync(file, own, { flag: 'wx', mode: 0o600 });
      return () => {
        if (textOf(disk, file) === own) disk.rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const found = textOf(disk, file);
    if (found === undefined) continue;
    const holder = holderIn(found);
    if (holder !== undefined && found !== own && isAlive(holder)) {
      throw new DataError(
        `another server has this folder: process ${holder.pid}, by ${file}`,
        'stop it, or give this one a folder of its own',
      );
    }
    putAside(disk, file, found);
  }
  throw new DataError(`${file} cannot be taken`, 'servers that start at the same time want one folder');
}

/** Whoever takes the same stale lock at this moment must not lose the new one that he made. */
function putAside(disk: Disk, file: string, stale: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    disk.renameSync(file, aside);
  } catch {
    return;
  }
  if (textOf(disk, aside) === stale) disk.rmSync(aside, { force: true });
  else disk.renameSync(aside, file);
}
