// Starts and closes servers in this process, as a test does, from the published modules. Prints the times as JSON.
import { resolve } from 'node:path';
import type * as Core from '../../src/index.ts';
import type * as Server from '../../src/server.ts';
import { ChildProgram } from '../../test/clients/child-program.ts';
import { COMPANY_SCENARIO } from '../../test/server/company.ts';
import { median } from '../harness/rounds.ts';

/** Milliseconds. */
export interface InProcess {
  readonly firstStart: number;
  readonly start: number;
  readonly close: number;
  /** With connections in every state. */
  readonly closeWithConnections: number;
}

const CONNECTIONS = resolve('build/bench/load/open-connections.js');
const OPEN_TIMEOUT = 30_000;

const [kind, rounds, sets] = process.argv.slice(2);
const { createCrabapple } = (await import(resolve('dist/index.js'))) as typeof Core;
const { listen } = (await import(resolve('dist/server.js'))) as typeof Server;
const options = { port: 0, ...(kind === 'secure' ? { tlsPort: 0, proxyPort: 0 } : {}) };
const apple = await createCrabapple(COMPANY_SCENARIO);

async function timed<Result>(run: () => Promise<Result>): Promise<[Result, number]> {
  const begin = performance.now();
  const result = await run();
  return [result, performance.now() - begin];
}

async function closeWithConnections(): Promise<number> {
  const server = await listen(apple, options);
  const { url, tlsUrl, proxyUrl } = server;
  const connections = new ChildProgram(
    'open connections',
    process.execPath,
    [CONNECTIONS, JSON.stringify({ url, tlsUrl, proxyUrl }), sets!],
    { withoutVariables: 'CRABAPPLE_' },
  );
  await connections.waitFor(
    async () => (connections.output.includes('open') ? (true as const) : undefined),
    OPEN_TIMEOUT,
  );
  const [, time] = await timed(() => server.close());
  await connections.stop();
  return time;
}

const [first, firstStart] = await timed(() => listen(apple, options));
await first.close();
const starts: number[] = [];
const closes: number[] = [];
for (let round = 0; round < Number(rounds); round += 1) {
  const [server, start] = await timed(() => listen(apple, options));
  const [, close] = await timed(() => server.close());
  starts.push(start);
  closes.push(close);
}
const figures: InProcess = {
  firstStart,
  start: median(starts),
  close: median(closes),
  closeWithConnections: await closeWithConnections(),
};
process.stdout.write(JSON.stringify(figures));
