import { startPushyServer, startSecureBare } from '../harness/bare.ts';
import type { Comparison, Figure, Settings } from '../harness/comparison.ts';
import { Crabapple } from '../harness/crabapple.ts';
import { devicesOf } from '../harness/device-list.ts';
import { number, rateFigure } from '../harness/figures.ts';
import { Listeners } from '../harness/listeners.ts';
import { createPushProvider, type PushProvider } from '../harness/push-provider.ts';
import { alternate, median, ratio } from '../harness/rounds.ts';
import { TemporaryFolder } from '../harness/temporary-folder.ts';
import { writeTlsFiles } from '../harness/tls-files.ts';
import { h2load, type PushLoad, requireH2load } from '../load/h2load.ts';

const DEVICES = 100_000;
const LISTENERS = 10_000;
const BODY = JSON.stringify({ aps: { alert: 'Bench' } });

const scenarioOf = (provider: PushProvider): Record<string, unknown> => ({
  devices: [{ generate: DEVICES, device_family: 'iPhone' }],
  push: provider.scenario,
  expect: [
    {
      name: 'every push has a push type',
      operation: 'apns.push',
      each: { "$.headers['apns-push-type']": { equals: 'alert' } },
    },
  ],
});

async function pushPaths(crabapple: Crabapple): Promise<readonly string[]> {
  return (await devicesOf(crabapple, DEVICES)).map(({ push_token }) => `/3/device/${push_token}`);
}

type Sending = Pick<PushLoad, 'requests' | 'rate'>;
type Send = (sending: Sending) => ReturnType<typeof h2load>;

/** Rates, and 99th percentiles at half the rate of the slower server. */
async function speed(ours: Send, bare: Send, express: Send, quick: boolean): Promise<readonly Figure[]> {
  const requests = quick ? 10_000 : 50_000;
  const rateOf = (send: Send) => async (): Promise<number> => (await send({ requests })).perSecond;
  await alternate(1, { ours: rateOf(ours), bare: rateOf(bare), express: rateOf(express) }); // to warm all
  const rates = await alternate(quick ? 3 : 5, {
    ours: rateOf(ours),
    bare: rateOf(bare),
    express: rateOf(express),
  });
  const rate = Math.floor(Math.min(median(rates.ours), median(rates.bare)) / 2);
  const paced = (send: Send) => async (): Promise<number> =>
    (await send({ rate, requests: rate * (quick ? 1 : 5) })).p99;
  const slow = await alternate(quick ? 3 : 5, { ours: paced(ours), bare: paced(bare) });
  return [
    rateFigure('pushes: Crabapple / bare node:http2', rates.ours, rates.bare, { atLeast: 0.7 }),
    rateFigure('pushes: Crabapple / Express 5 over http2-express', rates.ours, rates.express, {
      atLeast: 2.5,
    }),
    {
      what: 'p99 of pushes at half the rate: Crabapple / bare node:http2',
      value: ratio(slow.ours, slow.bare),
      unit: 'x',
      target: { atMost: 2 },
      from: `${median(slow.ours).toFixed(2)} ms against ${median(slow.bare).toFixed(2)} ms at ${number(rate)}/s`,
    },
  ];
}

/** Needs a JVM and Maven; it has more than one thread. */
async function pushyFigure(ours: Send, pushy: Send, quick: boolean): Promise<Figure> {
  const requests = quick ? 10_000 : 50_000;
  const rateOf = (send: Send) => async (): Promise<number> => (await send({ requests })).perSecond;
  await alternate(1, { ours: rateOf(ours), pushy: rateOf(pushy) }); // to warm both
  const rates = await alternate(quick ? 3 : 5, { ours: rateOf(ours), pushy: rateOf(pushy) });
  return rateFigure(
    "pushes: Crabapple / the server of pushy's benchmarks, on a JVM",
    rates.ours,
    rates.pushy,
  );
}

/** Resident growth of a server under continued pushes. */
async function growth(provider: PushProvider, quick: boolean): Promise<Figure> {
  await using crabapple = await Crabapple.serve(scenarioOf(provider));
  const paths = await pushPaths(crabapple);
  const load = { url: await crabapple.tlsUrl(), paths, headers: await provider.headers(), body: BODY };
  const [first, all] = quick ? [100_000, 200_000] : [200_000, 1_000_000];
  await h2load({ ...load, requests: first });
  const before = await crabapple.memory();
  await h2load({ ...load, requests: all - first });
  const after = await crabapple.memory();
  return {
    what: `resident growth between push ${number(first)} and ${number(all)} to ${number(DEVICES)} devices`,
    value: after - before,
    unit: 'MB',
    target: { atMost: 20 },
    from: `${number(before)} MB, then ${number(after)} MB`,
  };
}

async function listening(provider: PushProvider): Promise<Figure> {
  await using crabapple = await Crabapple.serve(scenarioOf(provider));
  const listeners = await devicesOf(crabapple, LISTENERS);
  const before = await crabapple.memory();
  await using _ = await Listeners.connect(
    crabapple.url,
    listeners.map(({ push_token }) => push_token),
  );
  const after = await crabapple.memory();
  return {
    what: `resident for ${number(LISTENERS)} idle listeners`,
    value: after - before,
    unit: 'MB',
    target: { atMost: 200 },
    from: `${number(before)} MB without them, ${number(after)} MB with them`,
  };
}

async function run({ quick }: Settings): Promise<readonly Figure[]> {
  requireH2load();
  const provider = await createPushProvider();
  using folder = new TemporaryFolder();
  const files = writeTlsFiles(folder);
  const figures: Figure[] = [];
  {
    await using crabapple = await Crabapple.serve(scenarioOf(provider));
    await using bare = await startSecureBare('http2', files);
    await using express = await startSecureBare('http2-express', files);
    const paths = await pushPaths(crabapple);
    const headers = await provider.headers();
    const sendTo =
      (url: string): Send =>
      (sending) =>
        h2load({ url, paths, headers, body: BODY, ...sending });
    const ours = sendTo(await crabapple.tlsUrl());
    figures.push(...(await speed(ours, sendTo(bare.url), sendTo(express.url), quick)));
    await using pushy = await startPushyServer(files);
    if (pushy === undefined) console.log('pushes: no comparison with pushy, javac or mvn is missing');
    else figures.push(await pushyFigure(ours, sendTo(pushy.url), quick));
  }
  figures.push(await growth(provider, quick), await listening(provider));
  return figures;
}

export const pushes: Comparison = {
  name: 'pushes',
  about: 'POST /3/device/<token> over HTTP/2 and TLS, with authentication, journal and an expectation',
  run,
};
