import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PACKAGE_FOLDER } from '../../package.ts';
import type { BaseEntry } from '../../persistence/data/log.ts';
import type { LoadedScenario } from '../../scenario/load.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { readNamedFile, readScenarioFile } from '../files.ts';

/** A scenario file and the id of its organization. */
export interface Served {
  readonly file: string;
  readonly id: string;
  readonly text: string;
}

/**
 * Adds an organization for each file; the first one is the default organization. Without files, adds the default
 * scenario. An organization of the data folder continues if its file has not changed.
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
  const loaded = await loadScenario(file, text, readNamedFile, apple.engine.catalog);
  if (JSON.stringify([loaded.scenario, loaded.verification]) !== JSON.stringify([scenario, verification])) {
    await apple.replaceScenario(id, text, file, readNamedFile);
    notice(`${file} has changed since the last run: ${id} was reset`);
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
    // The prepared scenario of an older build can have another form.
    return startFile(apple, file, text);
  }
}

export const DEFAULT_SCENARIO = join(PACKAGE_FOLDER, 'scenarios', 'default.yaml');

const DIST = join(PACKAGE_FOLDER, 'dist');
const PREPARED = join(DIST, 'default-scenario.json');

interface Prepared {
  /** The YAML text that was loaded. */
  readonly text: string;
  readonly loaded: Omit<LoadedScenario, 'positioned'>;
}

/**
 * The default scenario as the build loaded it: loading the YAML parser and the schemas would take most of the start.
 * Undefined if the YAML text has changed, or if the program is not in the folder of that build.
 */
export function preparedScenario(
  text: string,
  program: string = fileURLToPath(import.meta.url),
): Prepared['loaded'] | undefined {
  if (!program.startsWith(`${DIST}${sep}`)) return undefined;
  try {
    const prepared = JSON.parse(readFileSync(PREPARED, 'utf8')) as Prepared;
    return prepared.text === text ? prepared.loaded : undefined;
  } catch {
    return undefined;
  }
}

/** A step of the build. */
export async function prepareScenario(): Promise<void> {
  const { loadScenario } = await import('../../scenario/load.ts');
  const text = readFileSync(DEFAULT_SCENARIO, 'utf8');
  const { positioned: _, ...loaded } = await loadScenario(DEFAULT_SCENARIO, text);
  const prepared: Prepared = { text, loaded };
  writeFileSync(PREPARED, JSON.stringify(prepared));
}
