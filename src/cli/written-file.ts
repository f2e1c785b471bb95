import { writeFileSync } from 'node:fs';
import { CommandError } from './exit.ts';

/** For its owner alone: what these commands write is a key, or belongs to one. @throws CommandError */
export function writeSecret(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content, { mode: 0o600 });
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${(error as Error).message}`);
  }
}
