import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Comparison, Figure, Settings } from '../harness/comparison.ts';
import { Crabapple } from '../harness/crabapple.ts';
import { devicesOf } from '../harness/device-list.ts';
import { number } from '../harness/figures.ts';
import { alternate, median, ratio } from '../harness/rounds.ts';
import { type Load, requestsPerSecond } from '../load/autocannon.ts';

const SERIALS = 1000;
const SCENARIO = { devices: [{ generate: SERIALS, device_family: 'iPhone' }] };

const VERIFIED = {
  ...SCENARIO,
  expect: [
    { operation: 'dep.account', each: { "$.headers['x-server-protocol-version']": { equals: '10' } } },
    { operation: 'dep.profile.assign', each: { '$.body.devices': { length: SERIALS } } },
    { never: 'dep.devices.disown' },
    { in_order: ['dep.session', 'dep.account', 'dep.profile.assign'] },
    { data_sent: { declaration: parse(readFileSync('scenarios/declarations/intune.yaml', 'utf8')) } },
  ],
};

/** Requests of an MDM server, sent repeatedly. */
interface Loads {
  readonly account: Load;
  readonly assign: Load;
}

async function loadsFor(crabapple: Crabapple, seconds: number): Promise<Loads> {
  const { url } = crabapple;
  const headers = await crabapple.session();
  const profile = { profile_name: 'Bench', url: 'https://mdm.example.com/enroll', devices: [] };
  const defined = await fetch(`${url}/profile`, { method: 'POST', headers, body: JSON.stringify(profile) });
  const { profile_uuid } = (await defined.json()) as { profile_uuid: string };
  const serials = (await devicesOf(crabapple, SERIALS)).map(({ serial_number }) => serial_number);
  const common = { headers, connections: 16, seconds };
  return {
    account: { ...common, url: `${url}/account` },
    assign: {
      ...common,
      url: `${url}/profile/devices`,
      method: 'POST',
      body: JSON.stringify({ profile_uuid, devices: serials }),
    },
  };
}

async function run({ quick }: Settings): Promise<readonly Figure[]> {
  await using verified = await Crabapple.serve(VERIFIED);
  await using plain = await Crabapple.serve(SCENARIO);
  const on = await loadsFor(verified, quick ? 1 : 4);
  const off = await loadsFor(plain, quick ? 1 : 4);

  async function cost(what: string, load: keyof Loads): Promise<Figure> {
    const measured = {
      on: () => requestsPerSecond(on[load]),
      off: () => requestsPerSecond(off[load]),
    };
    await alternate(1, measured); // to warm both
    const rates = await alternate(quick ? 3 : 7, measured);
    return {
      what: `cost of verification: ${what}`,
      value: (1 - ratio(rates.on, rates.off)) * 100,
      unit: '%',
      target: { atMost: 15 },
      from: `${number(median(rates.on))}/s verified, ${number(median(rates.off))}/s without`,
    };
  }

  return [await cost('GET /account', 'account'), await cost('assign of 1,000 serials', 'assign')];
}

export const verified: Comparison = {
  name: 'verified',
  about: 'expectations and the data-sent declaration, on and off',
  run,
};
