import type { Path, Problem } from './problem.ts';
import type { Source } from './source.ts';

export interface Wrong {
  readonly path: Path;
  readonly message: string;
  readonly hint?: string | undefined;
  /** Point at the key rather than at its value. */
  readonly atKey?: boolean | undefined;
}

/** Gives what is wrong its place in the file. */
export function problemsAt(source: Source, wrongs: readonly Wrong[]): readonly Problem[] {
  return wrongs.map(({ path, message, hint, atKey }) => ({
    file: source.file,
    ...source.placeOf(path, atKey ? 'key' : 'value'),
    path,
    message,
    hint,
  }));
}
