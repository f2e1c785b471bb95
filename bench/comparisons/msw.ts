import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { createCrabapple } from '../../src/index.ts';
import { appleHandlers } from '../../src/msw.ts';
import type { Comparison, Figure, Settings } from '../harness/comparison.ts';
import { alternate, median, ratio } from '../harness/rounds.ts';
import { openSession } from '../harness/session.ts';

const DEP = 'https://mdmenrollment.apple.com';
const PAGE = JSON.stringify({ limit: 100 });

type Handlers = Parameters<typeof setupServer>;

/** Runs with these MSW handlers installed. */
async function under<Result>(handlers: Handlers, run: () => Promise<Result>): Promise<Result> {
  const server = setupServer(...handlers);
  server.listen();
  try {
    return await run();
  } finally {
    server.close();
  }
}

/** Microseconds per fetch with its body, one after the other. */
async function timeOf(times: number, call: () => Promise<Response>): Promise<number> {
  const begin = performance.now();
  for (let time = 0; time < times; time += 1) {
    const response = await call();
    if (response.status !== 200) throw new Error(`${response.url}: ${response.status}`);
    await response.json();
  }
  return ((performance.now() - begin) * 1000) / times;
}

async function requestFigures(quick: boolean): Promise<readonly Figure[]> {
  const apple = await createCrabapple({
    name: 'bench',
    devices: [{ generate: 1000, device_family: 'iPhone' }],
  });
  const ours = appleHandlers(apple);
  const headers = await under(ours, () => openSession(DEP, apple.credentials.serverToken));
  const account = () => fetch(`${DEP}/account`, { headers });
  const page = () => fetch(`${DEP}/server/devices`, { method: 'POST', headers, body: PAGE });
  const [accountJson, pageJson] = await under(ours, async () => [
    (await (await account()).json()) as object,
    (await (await page()).json()) as object,
  ]);
  const bare = [
    http.get(`${DEP}/account`, () => HttpResponse.json(accountJson)),
    http.post(`${DEP}/server/devices`, () => HttpResponse.json(pageJson)),
  ];
  const times = quick ? 100 : 200;
  const figures: Figure[] = [];
  for (const [what, call, atMost] of [
    ['GET /account', account, 1.3],
    ['a page of 100 devices', page, 1.5],
  ] as const) {
    const measure = (handlers: Handlers) => () => under(handlers, () => timeOf(times, call));
    await alternate(quick ? 1 : 5, { crabapple: measure(ours), bare: measure(bare) }); // to warm both
    const measured = await alternate(quick ? 5 : 41, { crabapple: measure(ours), bare: measure(bare) });
    figures.push({
      what: `${what} within MSW: appleHandlers / a bare handler of the same JSON`,
      value: ratio(measured.crabapple, measured.bare),
      unit: 'x',
      target: { atMost },
      from: `${median(measured.crabapple).toFixed(0)} µs against ${median(measured.bare).toFixed(0)} µs`,
    });
  }
  return figures;
}

/** CPU milliseconds in which a process of its own imports modules. */
function importTime(...modules: readonly string[]): number {
  const program = `
    const begin = process.cpuUsage();
    ${modules.map((module) => `await import(${JSON.stringify(module)});`).join('\n')}
    const { user, system } = process.cpuUsage(begin);
    process.stdout.write(String((user + system) / 1000));
  `;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }));
}

async function importFigure(quick: boolean): Promise<Figure> {
  const ours = pathToFileURL(resolve('dist/msw.js')).href;
  const measured = await alternate(quick ? 5 : 21, {
    both: async () => importTime('msw', 'msw/node', ours),
    msw: async () => importTime('msw', 'msw/node'),
  });
  return {
    what: 'import of crabapple/msw in addition to msw and msw/node, CPU time',
    value: median(measured.both.map((value, round) => value - measured.msw[round]!)),
    unit: 'ms',
    target: { atMost: 60 },
    from: `${median(measured.both).toFixed(0)} ms against ${median(measured.msw).toFixed(0)} ms, in pairs of processes`,
  };
}

async function run({ quick }: Settings): Promise<readonly Figure[]> {
  return [...(await requestFigures(quick)), await importFigure(quick)];
}

export const msw: Comparison = {
  name: 'msw',
  about: 'fetch through appleHandlers and through a bare handler of MSW, one request at a time; import',
  run,
};
