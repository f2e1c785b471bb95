import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Outcome } from '../../src/core/outcome.ts';
import { createRandom } from '../../src/core/random.ts';
import { providerOf } from '../apns/provider.ts';
import { assertConsistent } from './invariants.ts';
import { Requests } from './requests.ts';
import { FUZZ_SCENARIO } from './scenario.ts';

/** Requests after which the organization is reset: state created by requests must not count as memory growth. */
const EPOCH = 25_000;
const SECOND = 1000;
const HOUR = 3_600_000;

export interface FuzzResult {
  /** Responses by operation and status. */
  readonly counts: ReadonlyMap<string, number>;
  /** The first internal failures of Crabapple, with their requests. */
  readonly failures: readonly string[];
  /** Heap in megabytes after each epoch, after a reset and a garbage collection. */
  readonly memory: readonly number[];
}

const MAX_FAILURES = 10;
const LEARNED_HEADERS = ['apns-channel-id'];

/** Sends random requests. @throws if the state is inconsistent after an epoch */
export async function fuzz(requests: number, seed: number): Promise<FuzzResult> {
  const random = createRandom(`fuzz ${seed}`);
  const provider = await providerOf(FUZZ_SCENARIO);
  const { apple, organization } = provider;
  const { inventory } = organization.enrollment;
  const serials = [...inventory.all()].slice(0, 30).map((device) => inventory.serialNumber(device));
  const generator = new Requests(provider, random, serials);
  const counts = new Map<string, number>();
  const failures: string[] = [];
  const memory: number[] = [];
  const collectGarbage = garbageCollector();

  for (let number = 1; number <= requests; number += 1) {
    const { operation, request } = generator.next();
    const outcome = await apple.handle(request);
    const status = await statusOf(outcome, generator);
    const key = `${operation} ${status}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if ((status === 500 || isFailure(outcome)) && failures.length < MAX_FAILURES) {
      const { method, path, query, headers, body } = request;
      const sent = { method, path, query, headers, body: Buffer.from(body).toString('latin1') };
      failures.push(`request ${number}, ${operation}: ${outcome.why} ${JSON.stringify(sent)}`);
    }
    if (random.below(50) === 0) provider.advance(2 * SECOND);
    if (random.below(5000) === 0) provider.advance(HOUR);
    if (number % EPOCH === 0 || number === requests) {
      assertConsistent(organization);
      apple.reset(apple.tenants.default);
      generator.words.forget();
      collectGarbage();
      memory.push(Math.round(process.memoryUsage().heapUsed / 2 ** 20));
    }
  }
  return { counts, failures, memory };
}

/** Some services respond to an internal failure with another status than 500. */
const isFailure = ({ why }: Outcome): boolean => why?.startsWith('a failure of Crabapple itself') ?? false;

async function statusOf(outcome: Outcome, { words }: Requests): Promise<number | string> {
  if (outcome.kind !== 'response') return outcome.kind;
  const { body, status, headers } = outcome;
  for (const name of LEARNED_HEADERS) if (headers[name] !== undefined) words.remember(name, headers[name]);
  if (typeof body === 'string') words.learn(body);
  else if (!(body instanceof Uint8Array)) {
    await (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]().return?.();
  }
  return status;
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
