import { startBare } from '../harness/bare.ts';
import type { Comparison, Figure, Settings } from '../harness/comparison.ts';
import { Crabapple } from '../harness/crabapple.ts';
import { rateFigure } from '../harness/figures.ts';
import { alternate, median } from '../harness/rounds.ts';
import { TemporaryFolder } from '../harness/temporary-folder.ts';
import { clientResult } from '../load/client.ts';
import type { LicensesOrder, LicensesResult } from '../load/licenses.ts';

const ASSETS = 5000;
const STORED = 200_000;
const FEW = 1000;
const SERIALS = 1000;

const scenario = (stored: number) => ({
  locations: [
    {
      name: 'Bench',
      assets: [{ generate: ASSETS, total: 10_000_000 }],
      assignments: [{ generate: stored }],
    },
  ],
  behavior: { vpp: { max_requests_per_second: 10_000_000, event_delay: '0s' } },
});

interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly adamId: string;
}

async function targetOf({ url }: Crabapple): Promise<Target> {
  const sToken = await (await fetch(`${url}/_crabapple/content-tokens`, { method: 'POST' })).text();
  const headers = { authorization: `Bearer ${sToken}`, 'content-type': 'application/json' };
  const { assets } = (await (await fetch(`${url}/mdm/v2/assets`, { headers })).json()) as {
    assets: { adamId: string }[];
  };
  return { url, headers, adamId: assets[0]!.adamId };
}

let rounds = 0;

/** Calls per second. */
async function rate(target: Target, work: LicensesOrder['work'], calls: number): Promise<number> {
  rounds += 1;
  const order: LicensesOrder = { ...target, work, calls, serials: SERIALS, prefix: `R${rounds}C` };
  const { seconds } = await clientResult<LicensesResult>('licenses', order);
  return calls / seconds;
}

async function run({ quick }: Settings): Promise<readonly Figure[]> {
  await using crabapple = await Crabapple.serve(scenario(STORED));
  await using small = await Crabapple.serve(scenario(FEW));
  const target = await targetOf(crabapple);
  const few = await targetOf(small);
  using folder = new TemporaryFolder();
  const page = await (await fetch(`${target.url}/mdm/v2/assignments`, { headers: target.headers })).text();
  await using bareServer = await startBare('express-json', [folder.write('page.json', page)]);
  const bare: Target = { ...target, url: bareServer.url };

  const times = quick ? 2 : 5;
  const pages = quick ? 100 : STORED / 500;
  const walks = await alternate(times, {
    crabapple: () => rate(target, 'walk', pages),
    bare: () => rate(bare, 'walk', pages),
  });
  const calls = quick ? 20 : 100;
  const associations = await alternate(times, {
    crabapple: () => rate(target, 'associate', calls),
    bare: () => rate(bare, 'associate', calls),
  });
  const changes = await alternate(times, {
    many: () => rate(target, 'assign-and-revoke', calls),
    few: () => rate(few, 'assign-and-revoke', calls),
  });
  const perPair = 1_000_000 / (median(associations.crabapple) * SERIALS);
  return [
    rateFigure(
      'pages of 500 of 200,000 assignments: Crabapple / bare Express with a prepared object',
      walks.crabapple,
      walks.bare,
      { atLeast: 0.5 },
    ),
    rateFigure(
      'calls that assign to 1,000 devices: Crabapple / bare Express that parses them',
      associations.crabapple,
      associations.bare,
      { atLeast: 0.25 },
    ),
    { what: 'time per pair of app and device', value: perPair, unit: 'µs', target: { atMost: 2 } },
    rateFigure(
      'calls that assign and revoke: with 200,000 assignments / with 1,000',
      changes.many,
      changes.few,
      { atLeast: 0.8 },
    ),
  ];
}

export const licenses: Comparison = {
  name: 'licenses',
  about: 'Apps and Books v2 over a location with 5,000 assets and 200,000 assignments',
  run,
};
