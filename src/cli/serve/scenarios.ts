import type { Crabapple } from '../../crabapple.ts';
import { readNamedFile, readScenarioFile } from '../scenario-file.ts';
import { DEFAULT_SCENARIO, preparedScenario } from './default-scenario.ts';

/** A file and the organization that it describes. */
export interface Served {
  readonly file: string;
  readonly id: string;
  readonly text: string;
}

/** The first file describes the default organization; without any file the packaged scenario does. */
export async function startScenarios(apple: Crabapple, files: readonly string[]): Promise<readonly Served[]> {
  if (files.length === 0) return [await startDefault(apple)];
  const served: Served[] = [];
  for (const file of files) served.push(await startFile(apple, file, readScenarioFile(file)));
  return served;
}

async function startFile(apple: Crabapple, file: string, text: string): Promise<Served> {
  const { id } = await apple.addScenario(text, { file, readFile: readNamedFile });
  return { file, id, text };
}

async function startDefault(apple: Crabapple): Promise<Served> {
  const file = DEFAULT_SCENARIO;
  const text = readScenarioFile(file);
  const prepared = preparedScenario(text);
  if (prepared === undefined) return startFile(apple, file, text);
  const { id } = await apple.tenants.add(prepared);
  return { file, id, text };
}
