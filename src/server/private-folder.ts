import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that its owner alone may read, made when the first file comes, gone when the process is. */
export interface PrivateFolder {
  /** @returns the path of the file */
  write(name: string, text: string): string;
  remove(): void;
}

export function createPrivateFolder(): PrivateFolder {
  let folder: string | undefined;
  const remove = (): void => {
    process.off('exit', remove);
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    folder = undefined;
  };
  return {
    write(name, text) {
      if (folder === undefined) {
        folder = mkdtempSync(join(tmpdir(), 'crabapple-'));
        process.once('exit', remove);
      }
      const path = join(folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    },
    remove,
  };
}
