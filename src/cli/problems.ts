import { formatProblems } from '../scenario/reading/format.ts';
import type { ScenarioError } from '../scenario/reading/problem.ts';
import { colorOn } from './terminal.ts';

/** Shows what is wrong with a file on standard error. */
export function showProblems(error: ScenarioError): void {
  process.stderr.write(formatProblems(error, 'pretty', { color: colorOn(process.stderr) }));
}
