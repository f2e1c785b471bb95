import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs one of our load clients in a process of its own. @returns its output */
export async function clientResult<Result>(
  client: 'walk' | 'assign-all' | 'licenses',
  order: object,
): Promise<Result> {
  const program = resolve(`build/bench/load/${client}.js`);
  const { stdout } = await run(process.execPath, [program, JSON.stringify(order)]);
  return JSON.parse(stdout) as Result;
}
