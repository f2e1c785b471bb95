import { copyFileSync, existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { PACKAGE_FOLDER } from '../package.ts';

/** Puts the schema by which editors complete a file beside it, where none is; `schema` is its path among ours. */
export function putSchemaBeside(file: string, schema: string): void {
  const copy = join(dirname(resolve(file)), basename(schema));
  if (!existsSync(copy)) copyFileSync(join(PACKAGE_FOLDER, 'scenarios', schema), copy);
}
