import { type FSWatcher, readFileSync, watch } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { readNamedFile } from '../files.ts';
import type { Log } from './log.ts';
import type { Served } from './scenarios.ts';

/** Real milliseconds. Editors write a file in several steps, which count as one change. */
const DEBOUNCE = 80;

/**
 * Reloads scenario files that change. Watches their folders: editors replace a file, and a watch on the old file would
 * see no further changes.
 *
 * @returns a function that stops watching
 */
export function watchScenarios(apple: SimulatedApple, served: readonly Served[], log: Log): () => void {
  const texts = new Map(served.map(({ file, text }) => [file, text]));
  let timer: NodeJS.Timeout | undefined;
  let reloading: Promise<void> = Promise.resolve();

  const reload = async ({ file, id }: Served): Promise<void> => {
    const text = textOf(file);
    // Removed or truncated: the editor has not finished.
    if (text === undefined || text === '' || text === texts.get(file)) return;
    texts.set(file, text);
    try {
      await apple.replaceScenario(id, text, file, readNamedFile);
      log.reloaded(file, id);
    } catch (error) {
      log.rejected(file, error as Error);
    }
  };
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      reloading = reloading.then(async () => {
        for (const each of served) await reload(each);
      });
    }, DEBOUNCE);
  };

  const folders = new Set(served.map(({ file }) => dirname(resolve(file))));
  const watchers = [...folders].map((folder): FSWatcher => {
    const watcher = watch(folder, changed);
    watcher.on('error', (error) => log.notice(`cannot watch ${folder} any longer: ${error.message}`));
    return watcher;
  });
  // A file may have changed before the watch started.
  changed();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
