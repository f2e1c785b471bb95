import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import { queryObjects } from 'node:v8';
import { createCrabapple } from '../../src/index.ts';
import { listen } from '../../src/server.ts';
import { COMPANY_SCENARIO, Company } from './company.ts';

/**
 * Starts and stops servers of one simulated Apple, each amidst connections in every state, and writes what is left of
 * them as JSON. A program of its own, so that nothing else is there to be counted; that it ends is a part of the proof.
 */

/** What is left when all servers are closed. */
export interface Remains {
  readonly servers: number;
  /** Handles, requests and timers that were not there before, by kind. */
  readonly resources: readonly string[];
  /** Listeners on the process that were not there before the first server. */
  readonly processListeners: number;
  readonly files: readonly string[];
  /** Objects of any kind that the garbage collector could not take, of those that came while it was measured. */
  readonly objects: number;
}

const folder = mkdtempSync(join(tmpdir(), 'start-and-stop-'));
process.env.TMPDIR = folder;

// What the journal keeps is no leak.
const apple = await createCrabapple(COMPANY_SCENARIO, { journal: { entries: 10, bytes: 1_000_000 } });

const SECURE = { tlsPort: 0, proxyPort: 0 };

async function startAndStop(secure: boolean): Promise<void> {
  const server = await listen(apple, { port: 0, ...(secure ? SECURE : {}) });
  const company = await Company.of(server);
  await listen(apple, { port: server.port }).then(
    () => Promise.reject(new Error('two servers on one port')),
    () => {},
  );
  await server.close();
  await company.gone();
}

/** @returns how many objects there are afterward; bytes would count what the engine compiled meanwhile too */
async function cycles(count: number, secure: boolean): Promise<number> {
  for (let cycle = 0; cycle < count; cycle += 1) await startAndStop(secure);
  for (let tick = 0; tick < 10; tick += 1) await immediate();
  // Collects garbage first.
  return queryObjects(Object, { format: 'count' });
}

const countListeners = (): number =>
  process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);

function without(before: readonly string[], now: readonly string[]): readonly string[] {
  const left = [...now];
  for (const kind of before) if (left.includes(kind)) left.splice(left.indexOf(kind), 1);
  return left;
}

async function run(warming: number, measured: number, secure: boolean): Promise<Remains> {
  const before = countListeners();
  const resources = process.getActiveResourcesInfo();
  const objects = await cycles(warming, secure);
  const more = (await cycles(measured, secure)) - objects;
  return {
    servers: warming + measured,
    resources: without(resources, process.getActiveResourcesInfo()),
    processListeners: countListeners() - before,
    files: readdirSync(folder),
    objects: more,
  };
}

// Where it is a pipe it has a handle from its first use on.
const { stdout } = process;
const [kind, warming, measured] = process.argv.slice(2);
try {
  const remains = await run(Number(warming), Number(measured), kind === 'secure');
  stdout.write(`${JSON.stringify(remains)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
