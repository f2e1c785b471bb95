import { ScenarioError } from './problem.ts';
import type { Source } from './source.ts';

/**
 * An object of a program as it would stand in a file: what JSON can say of it, and a copy, which nobody alters later.
 *
 * @throws ScenarioError where JSON can say nothing of it
 */
export function valueSource(file: string, given: unknown): Source {
  return { file, lines: [], value: plain(file, given), placeOf: () => undefined };
}

function plain(file: string, given: unknown): unknown {
  try {
    const text = JSON.stringify(given);
    return text === undefined ? null : JSON.parse(text);
  } catch (error) {
    // One that contains itself, one that nests without end, a bigint.
    const [why] = (error as Error).message.split('\n');
    throw new ScenarioError([{ file, path: [], message: `JSON cannot say it: ${why}` }], []);
  }
}
