import { setupWorker } from 'msw/browser';
import { createCrabapple } from '../../src/index.ts';
import { appleHandlers } from '../../src/msw.ts';
import { play } from '../scenarios/scripted-mdm.ts';
import { atAppleHosts, type ExampleRun, fileOf, type Reports, reportsOf, stepsOf } from './integration.ts';

async function readText(path: string): Promise<string> {
  const response = await fetch(`/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
}

declare global {
  var runExample: (example: ExampleRun) => Promise<Reports>;
}

/** Runs the simulated Apple, the worker and the scripted MDM server in the page. */
globalThis.runExample = async (example) => {
  const file = fileOf(example);
  const apple = await createCrabapple(await readText(file), { file, readFile: readText });
  const worker = setupWorker(...appleHandlers(apple));
  await worker.start({ quiet: true, onUnhandledRequest: 'error' });
  await play(stepsOf(example), atAppleHosts(apple));
  return reportsOf(apple);
};
