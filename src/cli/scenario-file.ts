import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { CommandError, EXIT } from './exit.ts';

/** @throws CommandError where there is no such file */
export function readScenarioFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CommandError(whyUnread(file, code) ?? message, { code: EXIT.wrongInput });
  }
}

function whyUnread(file: string, code: string | undefined): string | undefined {
  switch (code) {
    case 'ENOENT':
      return `there is no file ${file}`;
    case 'EISDIR':
      return `${file} is a folder; name the scenario files in it`;
    case 'EACCES':
      return `the file ${file} may not be read by this user`;
    default:
      return undefined;
  }
}

/** Reads what a scenario names, such as a declaration. */
export const readNamedFile = (path: string): Promise<string> => readFile(path, 'utf8');
