import { startBare } from '../harness/bare.ts';
import type { Comparison, Figure, Settings } from '../harness/comparison.ts';
import { Crabapple } from '../harness/crabapple.ts';
import { rateFigure } from '../harness/figures.ts';
import { alternate } from '../harness/rounds.ts';
import { TemporaryFolder } from '../harness/temporary-folder.ts';
import { requestsPerSecond } from '../load/autocannon.ts';

const CONNECTIONS = 16;

async function run({ quick }: Settings): Promise<readonly Figure[]> {
  await using crabapple = await Crabapple.serve({});
  const headers = await crabapple.session();
  const response = await fetch(`${crabapple.url}/account`, { headers });
  using folder = new TemporaryFolder();
  await using bare = await startBare('express-json', [folder.write('account.json', await response.text())]);

  const measure = (server: { url: string }) => (): Promise<number> =>
    requestsPerSecond({
      url: `${server.url}/account`,
      headers,
      connections: CONNECTIONS,
      seconds: quick ? 1 : 4,
    });
  await alternate(1, { crabapple: measure(crabapple), bare: measure(bare) }); // to warm both
  const rates = await alternate(quick ? 3 : 7, { crabapple: measure(crabapple), bare: measure(bare) });
  return [
    rateFigure('GET /account: Crabapple / bare Express 5 res.json', rates.crabapple, rates.bare, {
      atLeast: 0.9,
    }),
  ];
}

export const account: Comparison = {
  name: 'account',
  about: 'GET /account within a session, requests per second',
  run,
};
