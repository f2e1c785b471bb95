import { readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PACKAGE_FOLDER } from '../../package.ts';
import type { LoadedScenario } from '../../scenario/load.ts';

export const DEFAULT_SCENARIO = join(PACKAGE_FOLDER, 'scenarios', 'default.yaml');

const DIST = join(PACKAGE_FOLDER, 'dist');
const PREPARED = join(DIST, 'default-scenario.json');

interface Prepared {
  /** Of the file that it was read from. */
  readonly text: string;
  readonly loaded: Omit<LoadedScenario, 'positioned'>;
}

/**
 * The default scenario as the build has read it: the reader of YAML and the schemas take longer to load than
 * everything else of a start. Undefined where the file has changed since, and for a program that is not of that
 * build: what it takes may have another form by now.
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

/** A part of the build. */
export async function prepareScenario(): Promise<void> {
  const { loadScenario } = await import('../../scenario/load.ts');
  const text = readFileSync(DEFAULT_SCENARIO, 'utf8');
  const { positioned: _, ...loaded } = await loadScenario(DEFAULT_SCENARIO, text);
  const prepared: Prepared = { text, loaded };
  writeFileSync(PREPARED, JSON.stringify(prepared));
}
