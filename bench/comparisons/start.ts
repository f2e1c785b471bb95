import { resolve } from 'node:path';
import { freePort } from '../../test/clients/free-port.ts';
import { startBare } from '../harness/bare.ts';
import type { Comparison, Settings } from '../harness/comparison.ts';
import { Crabapple } from '../harness/crabapple.ts';
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

/** As many devices as the default scenario has. */
const SCENARIO = { devices: [{ generate: 140, device_family: 'iPhone' }] };

async function run({ quick }: Settings) {
  const { crabapple, bare, oauth2, mockoon } = await alternate(quick ? 3 : 11, {
    crabapple: () => startOnce(Crabapple.serve(SCENARIO)),
    bare: () => startOnce(startBare('node-http')),
    oauth2: () => startOnce(startOauth2MockServer()),
    mockoon: () => startOnce(startMockoon()),
  });
  const ours = `${Math.round(median(crabapple))} ms`;
  const against = (theirs: readonly number[]): string => `${ours} against ${Math.round(median(theirs))} ms`;
  const ahead = { unit: 'x', target: { atMost: 1 } } as const;
  return [
    {
      what: 'start to first answer: Crabapple / bare node:http',
      value: ratio(crabapple, bare),
      unit: 'x',
      target: { atMost: 3 },
      from: against(bare),
    },
    {
      what: 'start to first answer: Crabapple / oauth2-mock-server',
      value: ratio(crabapple, oauth2),
      from: against(oauth2),
      ...ahead,
    },
    {
      what: 'start to first answer: Crabapple / @mockoon/cli',
      value: ratio(crabapple, mockoon),
      from: against(mockoon),
      ...ahead,
    },
  ] as const;
}

export const start: Comparison = {
  name: 'start',
  about: 'cold start to the first answer, a signed GET /session',
  run,
};
