import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PEERS } from '../harness/peers.ts';

export interface Load {
  readonly url: string;
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly connections: number;
  readonly seconds: number;
}

interface Result {
  readonly '2xx': number;
  readonly non2xx: number;
  readonly errors: number;
  readonly duration: number;
}

const run = promisify(execFile);

/** Responses per second of a server under load from another process. @throws if one was not a success */
export async function requestsPerSecond(load: Load): Promise<number> {
  const parameters = [
    ...['--json', '--connections', String(load.connections), '--duration', String(load.seconds)],
    ...['--method', load.method ?? 'GET'],
    ...Object.entries(load.headers).flatMap(([name, value]) => ['--headers', `${name}=${value}`]),
    ...(load.body === undefined ? [] : ['--body', load.body]),
    load.url,
  ];
  const { stdout } = await run(process.execPath, [PEERS.autocannon, ...parameters]);
  const result = JSON.parse(stdout) as Result;
  if (result.non2xx + result.errors > 0) {
    throw new Error(`${load.url}: ${result.non2xx} responses were not 2xx, ${result.errors} requests failed`);
  }
  return result['2xx'] / result.duration;
}
