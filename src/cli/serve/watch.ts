import { type FSWatcher, readFileSync, watch } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { readNamedFile } from '../scenario-file.ts';
import type { Log } from './log.ts';
import type { Served } from './scenarios.ts';

/** Editors write a file in several steps; what comes within this time is one change. */
const SETTLING = 80;

/**
 * Follows the files by their folders: an editor puts a new file in the place of the old one, and a watch on the
 * old one would see no more.
 *
 * @returns how to stop
 */
export function watchScenarios(apple: SimulatedApple, served: readonly Served[], log: Log): () => void {
  const texts = new Map(served.map(({ file, text }) => [file, text]));
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();

  const reload = async ({ file, id }: Served): Promise<void> => {
    const text = textOf(file);
    // Gone, or just emptied: on its way to something else.
    if (text === undefined || text === '' || text === texts.get(file)) return;
    texts.set(file, text);
    try {
      await apple.replaceScenario(id, text, file, readNamedFile);
      log.reloaded(file, id);
    } catch (error) {
      log.refused(file, error as Error);
    }
  };
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      turn = turn.then(async () => {
        for (const each of served) await reload(each);
      });
    }, SETTLING);
  };

  const folders = new Set(served.map(({ file }) => dirname(resolve(file))));
  const watchers = [...folders].map((folder): FSWatcher => {
    const watcher = watch(folder, changed);
    watcher.on('error', (error) => log.notice(`${folder} is no longer watched: ${error.message}`));
    return watcher;
  });
  // What came between reading the files and watching them.
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
