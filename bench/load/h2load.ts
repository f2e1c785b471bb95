import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Skipped } from '../harness/comparison.ts';
import { TemporaryFolder } from '../harness/temporary-folder.ts';

const HINT =
  'h2load is missing: apt-get install nghttp2-client (Debian, Ubuntu), brew install nghttp2 (macOS)';

export interface PushLoad {
  readonly url: string;
  /** Paths to request in turn, repeatedly. */
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly requests: number;
  /** Requests per second over all clients; as many as possible by default. */
  readonly rate?: number | undefined;
}

export interface LoadResult {
  readonly perSecond: number;
  /** 99th percentile of the response time, in milliseconds. */
  readonly p99: number;
}

const CLIENTS = 4;
const STREAMS = 50;

/** @throws Skipped if h2load is not installed */
export function requireH2load(): void {
  if (spawnSync('h2load', ['--version']).status !== 0) throw new Skipped(HINT);
}

const run = promisify(execFile);

/** @throws if a response was not a success */
export async function h2load(load: PushLoad): Promise<LoadResult> {
  using folder = new TemporaryFolder();
  const log = join(folder.path, 'responses.log');
  const targets = load.paths.map((path) => `${load.url}${path}\n`).join('');
  const { stdout } = await run('h2load', [
    ...['-n', String(load.requests), '-c', String(CLIENTS), '-m', String(STREAMS)],
    ...(load.rate === undefined ? [] : ['--rps', String(load.rate / CLIENTS)]),
    ...['-i', folder.write('targets', targets), '-d', folder.write('body', load.body), '--log-file', log],
    ...Object.entries(load.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
  ]);
  const succeeded = Number(/(\d+) 2xx/.exec(stdout)?.[1]);
  if (succeeded !== load.requests) throw new Error(`${load.url}: not every push received 200\n${stdout}`);
  return { perSecond: Number(/, ([\d.]+) req\/s/.exec(stdout)?.[1]), p99: p99Of(readFileSync(log, 'utf8')) };
}

/** A line of the log: time sent, status, microseconds to the response. */
function p99Of(log: string): number {
  const times = log
    .trimEnd()
    .split('\n')
    .map((line) => Number(line.split('\t')[2]) / 1000);
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
}
