import { resolve } from 'node:path';
import { freePort } from '../../test/clients/ports.ts';
import { startBare } from '../harness/bare.ts';
import type { Comparison, Figure, Settings } from '../harness/comparison.ts';
import { Crabapple } from '../harness/crabapple.ts';
import { number } from '../harness/figures.ts';
import { PEERS } from '../harness/peers.ts';
import { alternate, median, ratio } from '../harness/rounds.ts';
import { ServerProgram } from '../harness/server-program.ts';

async function startOnce(starting: Promise<AsyncDisposable & { startedIn: number }>): Promise<number> {
  await using server = await starting;
  return server.startedIn;
}

async function startPeer(
  name: string,
  parametersFor: (port: string) => readonly string[],
): Promise<ServerProgram> {
  const port = await freePort();
  return ServerProgram.start({ name, port, parameters: parametersFor(String(port)) });
}

const startMockoon = (): Promise<ServerProgram> =>
  startPeer('@mockoon/cli', (port) => [
    PEERS.mockoon,
    'start',
    ...['--data', resolve('bench/peers/mockoon.json'), '--port', port, '--hostname', '127.0.0.1'],
    '--disable-log-to-file',
  ]);

const startOauth2MockServer = (): Promise<ServerProgram> =>
  startPeer('oauth2-mock-server', (port) => [PEERS.oauth2MockServer, '-a', '127.0.0.1', '-p', port]);

/** The number of devices in the default scenario. */
const SCENARIO = { devices: [{ generate: 143, device_family: 'iPhone' }] };

async function run({ quick }: Settings): Promise<readonly Figure[]> {
  const { crabapple, withFile, bare, oauth2, mockoon } = await alternate(quick ? 3 : 11, {
    crabapple: () => startOnce(Crabapple.serveDefault()),
    withFile: () => startOnce(Crabapple.serve(SCENARIO)),
    bare: () => startOnce(startBare('node-http')),
    oauth2: () => startOnce(startOauth2MockServer()),
    mockoon: () => startOnce(startMockoon()),
  });
  const figure = (
    what: string,
    ours: readonly number[],
    theirs: readonly number[],
    atMost: number,
  ): Figure => ({
    what: `start to first response: ${what}`,
    value: ratio(ours, theirs),
    unit: 'x',
    target: { atMost },
    from: `${number(median(ours))} ms against ${number(median(theirs))} ms`,
  });
  return [
    figure('Crabapple / bare node:http', crabapple, bare, 3),
    figure('Crabapple with a scenario file / bare node:http', withFile, bare, 3),
    figure('Crabapple / oauth2-mock-server', crabapple, oauth2, 1),
    figure('Crabapple / @mockoon/cli', crabapple, mockoon, 1),
  ];
}

export const start: Comparison = {
  name: 'start',
  about: 'cold start to the first response, a signed GET /session',
  run,
};
