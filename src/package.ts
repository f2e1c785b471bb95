import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of this package, wherever its parts were compiled or bundled to. */
export const PACKAGE_FOLDER: string = folderAbove(fileURLToPath(import.meta.url));

function folderAbove(path: string): string {
  const folder = dirname(path);
  if (folder === path) throw new Error('the package.json of Crabapple is not there');
  return existsSync(join(folder, 'package.json')) ? folder : folderAbove(folder);
}

export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
