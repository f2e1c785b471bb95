import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { PACKAGE_FOLDER } from '../package.ts';
import { CommandError, EXIT } from './errors.ts';

/** @throws CommandError if the file cannot be read */
export function readScenarioFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CommandError(readProblem(file, code) ?? message, { code: EXIT.wrongInput });
  }
}

function readProblem(file: string, code: string | undefined): string | undefined {
  switch (code) {
    case 'ENOENT':
      return `the file ${file} does not exist`;
    case 'EISDIR':
      return `${file} is a folder; name the scenario files in it`;
    case 'EACCES':
      return `you do not have permission to read the file ${file}`;
    default:
      return undefined;
  }
}

/** Reads a file that a scenario names, such as a declaration. */
export const readNamedFile = (path: string): Promise<string> => readFile(path, 'utf8');

/** Writes a credential; only the owner can read the file. @throws CommandError if it cannot be written */
export function writeSecret(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content, { mode: 0o600 });
  } catch (error) {
    throw new CommandError(`cannot write ${file}: ${(error as Error).message}`);
  }
}

/**
 * Copies the JSON schema of a file next to it, so that editors complete the file. Keeps an existing copy.
 *
 * @param schema path below the folder `scenarios` of this package
 */
export function copySchemaNextTo(file: string, schema: string): void {
  const copy = join(dirname(resolve(file)), basename(schema));
  if (!existsSync(copy)) copyFileSync(join(PACKAGE_FOLDER, 'scenarios', schema), copy);
}
