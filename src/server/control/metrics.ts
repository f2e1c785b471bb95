import type { Tenant } from '../../engine/tenant.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import type { ExchangeCounters } from './exchange-counters.ts';
import { answer } from './reply.ts';
import { route } from './route.ts';
import { text } from './schema.ts';

export const metrics = route({
  name: 'metrics',
  scope: 'server',
  method: 'GET',
  path: 'metrics',
  about: 'Counters of the whole server, for Prometheus',
  answer: { about: 'the counters', type: 'text/plain', schema: text() },
  handler: ({ surroundings: { crabapple, counters } }) =>
    answer(200, 'text/plain; version=0.0.4; charset=utf-8', metricsText(crabapple, counters)),
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

/** An organization that nobody pushed to has no samples. */
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
      'Requests by operation and status of the answer',
      exchanges,
    ),
    metric('crabapple_journal_entries', 'gauge', 'Entries that the journal holds', [` ${journal.size}`]),
    metric('crabapple_journal_dropped_total', 'counter', 'Entries that fell out of the journal', [
      ` ${dropped}`,
    ]),
    metric('crabapple_organizations', 'gauge', 'Organizations in service', [` ${tenants.all.length}`]),
    metric('crabapple_faults_applied_total', 'counter', 'Requests that a fault was applied to', [
      ` ${counters.faultsApplied}`,
    ]),
    metric(
      'crabapple_pushes_total',
      'counter',
      'Pushes by organization and what became of them',
      tenants.all.flatMap(pushSamples),
    ),
    // The name that Prometheus gives to what every process tells.
    metric('process_resident_memory_bytes', 'gauge', 'Memory that the process holds', [
      ` ${process.memoryUsage.rss()}`,
    ]),
  ].join('');
}
