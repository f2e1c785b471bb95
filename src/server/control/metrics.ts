import type { JournalEntry } from '../../engine/journal/entry.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { Tenant } from '../../engine/tenant.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { reply } from './reply.ts';
import { route, type ShutdownHooks } from './route.ts';
import { text } from './schema.ts';

/** Faults may set any status, so the number of pairs is bounded. */
const MAX_PAIRS = 1000;

export interface ExchangeCount {
  readonly operation: string;
  readonly status: string;
  count: number;
}

/** Counts journal entries by operation and status, from its creation on. */
export class ExchangeCounters {
  readonly #pairs = new Map<string, ExchangeCount>();
  #faults = 0;

  constructor(journal: Journal, shutdown: ShutdownHooks) {
    shutdown.add(journal.onEntry((entry) => this.#count(entry)));
  }

  get exchanges(): readonly ExchangeCount[] {
    return [...this.#pairs.values()];
  }

  get faultsApplied(): number {
    return this.#faults;
  }

  #count({ operation = 'none', response, fault }: JournalEntry): void {
    if (fault !== undefined) this.#faults += 1;
    this.#pair(operation, response === undefined ? 'none' : String(response.status)).count += 1;
  }

  #pair(operation: string, status: string): ExchangeCount {
    const key = `${operation} ${status}`;
    const known = this.#pairs.get(key);
    if (known !== undefined) return known;
    if (this.#pairs.size >= MAX_PAIRS && status !== 'other') return this.#pair('other', 'other');
    const pair = { operation, status, count: 0 };
    this.#pairs.set(key, pair);
    return pair;
  }
}

export const metrics = route({
  name: 'metrics',
  scope: 'server',
  method: 'GET',
  path: 'metrics',
  about: 'Counters of the server, for Prometheus',
  response: { about: 'the counters', type: 'text/plain', schema: text() },
  handler: ({ context: { apple, counters } }) =>
    reply(200, 'text/plain; version=0.0.4; charset=utf-8', metricsText(apple, counters)),
});

const label = (value: string): string =>
  `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;

function metric(name: string, type: 'counter' | 'gauge', about: string, samples: readonly string[]): string {
  return [
    `# HELP ${name} ${about}`,
    `# TYPE ${name} ${type}`,
    ...samples.map((sample) => name + sample),
    '',
  ].join('\n');
}

/** An organization without pushes has no samples. */
function pushSamples({ id, organization }: Tenant): readonly string[] {
  const { accepted, delivered, deliveredFromStorage, stored, magicMismatches, discarded } =
    organization.push.counts;
  if (accepted === 0) return [];
  return Object.entries({
    accepted,
    delivered,
    delivered_from_storage: deliveredFromStorage,
    stored,
    magic_mismatch: magicMismatches,
    ...discarded,
  }).map(([state, count]) => `{organization=${label(id)},state=${label(state)}} ${count}`);
}

function metricsText({ journal, tenants }: SimulatedApple, counters: ExchangeCounters): string {
  const views = [undefined, ...tenants.all.map(({ id }) => id)];
  const dropped = views.reduce((sum, view) => sum + journal.dropped(view), 0);
  const exchanges = counters.exchanges.map(
    ({ operation, status, count }) => `{operation=${label(operation)},status=${label(status)}} ${count}`,
  );
  return [
    metric(
      'crabapple_exchanges_total',
      'counter',
      'Requests by operation and status of the response',
      exchanges,
    ),
    metric('crabapple_journal_entries', 'gauge', 'Entries in the journal', [` ${journal.size}`]),
    metric('crabapple_journal_dropped_total', 'counter', 'Entries dropped from the journal', [` ${dropped}`]),
    metric('crabapple_organizations', 'gauge', 'Organizations', [` ${tenants.all.length}`]),
    metric('crabapple_faults_applied_total', 'counter', 'Requests that a fault was applied to', [
      ` ${counters.faultsApplied}`,
    ]),
    metric(
      'crabapple_pushes_total',
      'counter',
      'Pushes by organization and state',
      tenants.all.flatMap(pushSamples),
    ),
    // The name that Prometheus client libraries use.
    metric('process_resident_memory_bytes', 'gauge', 'Resident memory of the process', [
      ` ${process.memoryUsage.rss()}`,
    ]),
  ].join('');
}
