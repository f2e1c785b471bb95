import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package, for compiled and for bundled files. */
export const PACKAGE_FOLDER: string = folderAbove(fileURLToPath(import.meta.url));

function folderAbove(path: string): string {
  const folder = dirname(path);
  if (folder === path) throw new Error('there is no package.json above the files of Crabapple');
  return existsSync(join(folder, 'package.json')) ? folder : folderAbove(folder);
}

export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
