import { readFileSync } from 'node:fs';
import { DataError, type Disk } from './disk.ts';

/** The process that holds a folder. */
interface Holder {
  readonly pid: number;
  /** Distinguishes a process from a later one with the same id, if the system has it. */
  readonly startedAt: string | undefined;
}

/** Start of a process in ticks since the start of the machine: field 22 of its `stat` on Linux. */
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
 * Locks a folder for this process. The lock of a process that no longer runs is ignored.
 *
 * @returns a function that unlocks it
 * @throws DataError if another server has it
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
    removeStale(disk, file, found);
  }
  throw new DataError(`${file} cannot be locked`, 'several servers start with this folder at the same time');
}

/** Another process may replace the same stale lock at this moment: its new lock must stay. */
function removeStale(disk: Disk, file: string, stale: string): void {
  const moved = `${file}.${process.pid}`;
  try {
    disk.renameSync(file, moved);
  } catch {
    return;
  }
  if (textOf(disk, moved) === stale) disk.rmSync(moved, { force: true });
  else disk.renameSync(moved, file);
}
