import { resolve } from 'node:path';
import type { BaseEntry } from '../../persistence/data/log.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { readNamedFile, readScenarioFile } from '../scenario-file.ts';
import { DEFAULT_SCENARIO, preparedScenario } from './default-scenario.ts';

/** A file and the organization that it describes. */
export interface Served {
  readonly file: string;
  readonly id: string;
  readonly text: string;
}

/**
 * The first file describes the default organization; without any file the packaged scenario does. Restored
 * organizations whose files have not changed continue.
 */
export async function startScenarios(
  apple: SimulatedApple,
  files: readonly string[],
  restored: readonly BaseEntry[] = [],
  notice: (message: string) => void = () => {},
): Promise<readonly Served[]> {
  if (files.length === 0) return restored.length > 0 ? [] : [await startDefault(apple)];
  const served: Served[] = [];
  for (const file of files) {
    const text = readScenarioFile(file);
    const before = restored.find((each) => each.file !== undefined && resolve(each.file) === resolve(file));
    served.push(
      before === undefined
        ? await startFile(apple, file, text)
        : await continueFile(apple, file, text, before, notice),
    );
  }
  return served;
}

async function startFile(apple: SimulatedApple, file: string, text: string): Promise<Served> {
  const { id } = await apple.addScenario(text, { file, readFile: readNamedFile });
  return { file, id, text };
}

async function continueFile(
  apple: SimulatedApple,
  file: string,
  text: string,
  { id, scenario, verification }: BaseEntry,
  notice: (message: string) => void,
): Promise<Served> {
  const { loadScenario } = await import('../../scenario/load.ts');
  const now = await loadScenario(file, text, readNamedFile, apple.areas);
  if (JSON.stringify([now.scenario, now.verification]) !== JSON.stringify([scenario, verification])) {
    await apple.replaceScenario(id, text, file, readNamedFile);
    notice(`${file} has changed since ${id} was saved: ${id} starts again`);
  }
  return { file, id, text };
}

async function startDefault(apple: SimulatedApple): Promise<Served> {
  const file = DEFAULT_SCENARIO;
  const text = readScenarioFile(file);
  const prepared = preparedScenario(text);
  if (prepared === undefined) return startFile(apple, file, text);
  try {
    const { id } = await apple.takeIn({ ...prepared, positioned: (error) => error }, {}, file);
    return { file, id, text };
  } catch {
    // A build that was done in part may have left one of another form.
    return startFile(apple, file, text);
  }
}
