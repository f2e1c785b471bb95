import { startBare } from '../harness/bare.ts';
import type { Comparison, Figure, Settings } from '../harness/comparison.ts';
import { Crabapple } from '../harness/crabapple.ts';
import { number, rateFigure } from '../harness/figures.ts';
import { alternate, median } from '../harness/rounds.ts';
import { TemporaryFolder } from '../harness/temporary-folder.ts';
import type { AssignResult } from '../load/assign-all.ts';
import { clientResult } from '../load/client.ts';
import type { WalkResult } from '../load/walk.ts';

const DEVICES = 1_000_000;
const LIMIT = 1000;
const PAGES = DEVICES / LIMIT;

const SCENARIO = { devices: [{ generate: DEVICES, device_family: 'iPhone' }] };

/** Devices per second of a walk over a number of pages. */
async function walk(url: string, headers: Readonly<Record<string, string>>, pages: number): Promise<number> {
  const order = { url: `${url}/server/devices`, headers, limit: LIMIT, pages };
  const result = await clientResult<WalkResult>('walk', order);
  if (result.pages !== pages) throw new Error(`the walk ended after ${result.pages} pages of ${pages}`);
  return (pages * LIMIT) / result.seconds;
}

async function firstPage(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const body = JSON.stringify({ limit: LIMIT });
  return (await fetch(`${url}/server/devices`, { method: 'POST', headers, body })).text();
}

/** Memory of a fresh server while an MDM server fetches and assigns a million devices. */
async function memory(): Promise<readonly Figure[]> {
  await using crabapple = await Crabapple.serve(SCENARIO);
  const headers = await crabapple.session();
  const before = await crabapple.memory();
  await walk(crabapple.url, headers, PAGES);
  const walked = await crabapple.memory();
  const { devices } = await clientResult<AssignResult>('assign-all', {
    url: crabapple.url,
    headers,
    limit: LIMIT,
  });
  if (devices !== DEVICES) throw new Error(`${devices} of ${DEVICES} devices were assigned`);
  const assigned = await crabapple.memory();
  return [
    { what: 'resident before the first fetch', value: before, unit: 'MB', target: { atMost: 120 } },
    { what: 'resident after the walk', value: walked, unit: 'MB', target: { atMost: 250 } },
    { what: 'resident with all assigned', value: assigned, unit: 'MB', target: { atMost: 450 } },
  ];
}

async function run({ quick }: Settings): Promise<readonly Figure[]> {
  await using crabapple = await Crabapple.serve(SCENARIO);
  const headers = await crabapple.session();
  using folder = new TemporaryFolder();
  const page = folder.write('page.json', await firstPage(crabapple.url, headers));
  await using bare = await startBare('express-json', [page]);
  const pages = quick ? PAGES / 10 : PAGES;
  const rates = await alternate(quick ? 2 : 5, {
    crabapple: () => walk(crabapple.url, headers, pages),
    bare: () => walk(bare.url, headers, pages),
  });
  return [
    {
      what: 'start with 1,000,000 generated devices, to the first response',
      value: crabapple.startedIn,
      unit: 'ms',
      target: { atMost: 1000 },
    },
    rateFigure(
      'devices in pages of 1,000: Crabapple / bare Express with prepared objects',
      rates.crabapple,
      rates.bare,
      { atLeast: 0.5 },
    ),
    {
      what: 'devices in pages of 1,000',
      value: median(rates.crabapple),
      unit: '/s',
      target: { atLeast: 50_000 },
      from: `${number(pages * LIMIT)} devices a walk`,
    },
    ...(await memory()),
  ];
}

export const devices: Comparison = {
  name: 'devices',
  about: 'POST /server/devices over 1,000,000 generated devices in pages of 1,000',
  run,
};
