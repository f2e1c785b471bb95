import { join } from 'node:path';
import type { Crabapple } from '../../crabapple.ts';
import { PACKAGE_FOLDER } from '../../package.ts';
import { readScenarioFile } from '../scenario-file.ts';

export const DEFAULT_SCENARIO = join(PACKAGE_FOLDER, 'scenarios', 'default.yaml');

/** A file and the organization that it describes. */
export interface Served {
  readonly file: string;
  readonly id: string;
  readonly text: string;
}

/** The first file describes the default organization. */
export async function startScenarios(apple: Crabapple, files: readonly string[]): Promise<readonly Served[]> {
  const served: Served[] = [];
  for (const file of files.length === 0 ? [DEFAULT_SCENARIO] : files) {
    const text = readScenarioFile(file);
    const { id } = await apple.addScenario(text, { file });
    served.push({ file, id, text });
  }
  return served;
}
