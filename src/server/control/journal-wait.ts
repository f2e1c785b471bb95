import type { JournalEntry } from '../../engine/journal/entry.ts';
import type { Journal, JournalView } from '../../engine/journal/journal.ts';
import { type WaitFor, waitForEntries } from '../../engine/journal/wait.ts';
import { compileWhere, type Where } from '../../engine/matching/where.ts';
import { rememberedExchange } from '../../engine/observed-exchange.ts';
import { bodyOf, jsonBodyOf } from './body.ts';
import { ControlError } from './control-error.ts';
import { ENTRY_SCHEMA, entryText } from './journal.ts';
import { checkOperationName } from './query.ts';
import { jsonText } from './reply.ts';
import { route } from './route.ts';
import { integer, listOf, record } from './schema.ts';

const waitBody = async () => (await import('./body-schemas.ts')).waitBody;

export const waitForJournal = route({
  name: 'journal.wait',
  scope: 'organization',
  method: 'POST',
  path: 'journal/wait',
  about: 'Responds when matching requests have arrived, with 408 if they do not arrive in time',
  body: jsonBodyOf(waitBody),
  response: { about: 'the requests', schema: record({ entries: listOf(ENTRY_SCHEMA), next: integer() }) },
  async handler({ context: { apple, options, waiters, shutdown }, request, tenant }) {
    const body = await bodyOf(request, waitBody);
    checkOperationName(apple, body.operation);
    const where = body.where === undefined ? undefined : await compileWhere(body.where as Where);
    const seenAs = (entry: JournalEntry) => rememberedExchange(entry, tenant.organization).view;
    const release = waiters.tryAcquire();
    if (release === undefined) {
      throw new ControlError(429, `${waiters.limit} requests wait already`, 'let some of them end first');
    }
    try {
      const { operation, after, count, timeout } = body;
      const wanted: WaitFor = { view: tenant.id, operation, where, seenAs, after, count, timeout };
      const endable = (end: () => void): (() => void) => shutdown.add(end);
      const waited = await waitForEntries(apple.journal, { ...wanted, endable });
      if (waited.kind === 'ended') {
        throw new ControlError(503, 'the server was closed', 'wait on a server that is running');
      }
      const entries = `[${waited.entries.map((entry) => entryText(entry, options.showSecrets)).join(',')}]`;
      if (waited.kind === 'seen')
        return jsonText(`{"entries":${entries},"next":${waited.entries.at(-1)!.seq}}`);
      const error = `${waited.entries.length} of ${count} matching requests arrived within ${timeout} ms`;
      const hint = hintFor(apple.journal, wanted);
      return jsonText(
        `{"error":${JSON.stringify(error)},"hint":${JSON.stringify(hint)},"entries":${entries}}`,
        408,
      );
    } finally {
      release();
    }
  },
});

const LISTED_OPERATIONS = 5;

/** What arrived instead. */
function hintFor(journal: Journal, { view, operation, after }: WaitFor): string {
  const seen = operationsSeen(journal.entries(view, after));
  const matching = operation === undefined ? 0 : (seen.get(operation) ?? 0);
  if (matching > 0) return `${operation} arrived ${times(matching)}; check \`where\` and \`count\``;
  if (seen.size > 0) {
    const most = [...seen].sort(([, one], [, other]) => other - one).slice(0, LISTED_OPERATIONS);
    return `these arrived: ${most.map(([name, count]) => `${name} ${times(count)}`).join(', ')}`;
  }
  return elsewhere(journal, view) ?? 'no request arrived; check the base URL of the client';
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

function elsewhere(journal: Journal, view: JournalView): string | undefined {
  const before = operationsSeen(journal.entries(view)).size > 0;
  if (before) return 'requests arrived only before `after`';
  const unclaimed = operationsSeen(journal.entries(undefined)).size > 0;
  return unclaimed
    ? 'requests arrived with credentials of no organization: GET /_crabapple/journal?unclaimed=true'
    : undefined;
}

function operationsSeen(entries: Iterable<JournalEntry>): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  for (const { operation, request } of entries) {
    const name = operation ?? `${request.method} ${request.path.slice(0, 80)}`;
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  return seen;
}
