import { request } from 'node:http';
import type { Comparison, Figure, Settings } from '../harness/comparison.ts';
import { Crabapple } from '../harness/crabapple.ts';
import { median } from '../harness/rounds.ts';

/** Medians, in milliseconds. */
const TARGET = { atMost: 5 };

const SMALL = `
name: Worker
clock: 2026-03-02T08:00:00Z
devices:
  - { serial_number: C02ACME00001, device_family: Mac }
  - generate: 1000
    device_family: iPhone
faults:
  - { on: dep.session, answer: T_C_NOT_SIGNED, times: 1 }
`;

const MILLION = `
name: Million
devices: [{ generate: 1000000, device_family: iPhone }]
locations: [{ name: Headquarters, assets: [{ generate: 10 }] }]
`;

const TOUCHED = 100;

function call(url: string, method: string, path: string, body = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/_crabapple/${path}`, { method }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => {
        if ((response.statusCode ?? 500) < 300) resolve(text);
        else reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Milliseconds of each round, without the first ones, which warm up. */
async function timesOf(rounds: number, run: (round: number) => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = -Math.ceil(rounds / 4); round < rounds; round += 1) {
    const begin = performance.now();
    await run(round);
    if (round >= 0) times.push(performance.now() - begin);
  }
  return times;
}

async function run({ quick }: Settings): Promise<readonly Figure[]> {
  const rounds = quick ? 20 : 300;
  await using server = await Crabapple.serve({ devices: [{ generate: 10 }] });
  const { url } = server;
  const created = await timesOf(rounds, () => call(url, 'POST', 'organizations', SMALL));
  const deleted = await timesOf(rounds, async (round) => {
    if (round < 0) return;
    await call(url, 'DELETE', `organizations?id=worker-${round + 2}`);
  });

  await call(url, 'POST', 'organizations?id=million', MILLION);
  const devices = Array.from({ length: TOUCHED }, (_, index) => ({ serial_number: `BENCH${index}` }));
  const touch = (): Promise<string> =>
    call(url, 'POST', 'actions?organization=million', JSON.stringify({ add_devices: devices }));
  const reset: number[] = [];
  const taken: number[] = [];
  const restored: number[] = [];
  for (let round = 0; round < rounds / 3; round += 1) {
    await touch();
    taken.push(...(await timesOf(1, () => call(url, 'PUT', 'snapshots/bench?organization=million'))));
    restored.push(...(await timesOf(1, () => call(url, 'POST', 'snapshots/bench?organization=million'))));
    const begin = performance.now();
    await call(url, 'POST', 'reset?organization=million');
    reset.push(performance.now() - begin);
  }

  const figure = (what: string, times: readonly number[]): Figure => ({
    what,
    value: median(times),
    unit: 'ms',
    target: TARGET,
    from: `median of ${times.length}, over HTTP`,
  });
  return [
    figure('POST organizations, a small file', created),
    figure('DELETE organizations', deleted),
    figure('reset, a million devices', reset),
    figure('snapshot, a million devices', taken),
    figure('restore, a million devices', restored),
  ];
}

export const organizations: Comparison = {
  name: 'organizations',
  about: 'create, delete, reset, snapshot and restore an organization',
  run,
};
