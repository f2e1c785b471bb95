// What a test suite in Node sees of the types.
import { type Crabapple, createCrabapple, type Report, type Verdict } from 'crabapple';
import { type CrabappleServer, expressRouter, type ListenOptions, listen } from 'crabapple/server';

export async function verified(options: ListenOptions): Promise<readonly Verdict[]> {
  const apple: Crabapple = await createCrabapple({ name: 'Orchard' });
  const server: CrabappleServer = await listen(apple, options);
  const url: string = server.url;
  const consumerKey: string | undefined = server.env.CRABAPPLE_CONSUMER_KEY;
  const router: (...parameters: never[]) => void = expressRouter(apple);
  await server.close();
  const report: Report = apple.verify();
  console.log(url, consumerKey, router.length);
  return report.suites.flatMap(({ verdicts }) => verdicts);
}

// @ts-expect-error: a port is a number
export const wrong: ListenOptions = { port: '8990' };
