import { setupWorker } from 'msw/browser';
import { createCrabapple } from '../../src/index.ts';
import { appleHandlers } from '../../src/msw.ts';
import { play } from '../scenarios/scripted-mdm.ts';
import { toldBy, underAppleNames } from './at-hand.ts';
import { fileOf, storyOf, type Telling, type Told } from './telling.ts';

async function readText(path: string): Promise<string> {
  const answer = await fetch(`/${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
}

declare global {
  var tell: (telling: Telling) => Promise<Told>;
}

/** What a page does by itself: simulated Apple, worker and MDM server, all three in the browser. */
globalThis.tell = async (telling) => {
  const file = fileOf(telling);
  const apple = await createCrabapple(await readText(file), { file, readFile: readText });
  const worker = setupWorker(...appleHandlers(apple));
  await worker.start({ quiet: true, onUnhandledRequest: 'error' });
  await play(storyOf(telling), underAppleNames(apple));
  return toldBy(apple);
};
