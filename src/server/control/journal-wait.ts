import type { JournalEntry } from '../../engine/journal/entry.ts';
import type { Journal, JournalView } from '../../engine/journal/journal.ts';
import { type WaitFor, waitForEntries } from '../../engine/journal/wait.ts';
import { compileWhere, type Where } from '../../engine/matching/where.ts';
import { rememberedExchange } from '../../engine/observed-exchange.ts';
import { bodyOf } from './body.ts';
import { ControlError } from './control-error.ts';
import { checkOperationName } from './operation-name.ts';
import { jsonText } from './reply.ts';
import { route } from './route.ts';
import { integer, listOf, record } from './schema.ts';
import { ENTRY_SCHEMA, entryText } from './shown-entry.ts';

export const waitForJournal = route({
  name: 'journal.wait',
  scope: 'organization',
  method: 'POST',
  path: 'journal/wait',
  about: 'Answers when matching requests have come; 408 when they have not in time',
  body: {
    type: 'application/json',
    schema: async () => (await import('./wait-body.ts')).waitJsonSchema(),
  },
  answer: { about: 'the requests', schema: record({ entries: listOf(ENTRY_SCHEMA), next: integer() }) },
  async handler({ surroundings: { crabapple, options, waiters, ending }, request, tenant }) {
    const { waitSchema } = await import('./wait-body.ts');
    const body = await bodyOf(request, waitSchema);
    checkOperationName(crabapple, body.operation);
    const masks = options.showSecrets ? undefined : crabapple.journal.masks;
    const where = body.where === undefined ? undefined : await compileWhere(body.where as Where);
    const seenAs = (entry: JournalEntry) =>
      rememberedExchange(entry, tenant.organization, crabapple.engine.catalog).view;
    const leave = waiters.take();
    if (leave === undefined) {
      throw new ControlError(429, `${waiters.most} are waiting already`, 'let some of them end first');
    }
    try {
      const { operation, after, count, timeout } = body;
      const wanted: WaitFor = { view: tenant.id, operation, where, seenAs, after, count, timeout };
      const endable = (end: () => void): (() => void) => ending.before(end);
      const waited = await waitForEntries(crabapple.journal, { ...wanted, endable });
      if (waited.kind === 'ended') {
        throw new ControlError(503, 'the server was closed meanwhile', 'wait on a server that goes on');
      }
      const entries = `[${waited.entries.map((entry) => entryText(entry, masks)).join(',')}]`;
      if (waited.kind === 'seen')
        return jsonText(`{"entries":${entries},"next":${waited.entries.at(-1)!.seq}}`);
      const error = `${waited.entries.length} of ${count} matching requests came within ${timeout} ms`;
      const hint = hintFor(crabapple.journal, wanted);
      return jsonText(
        `{"error":${JSON.stringify(error)},"hint":${JSON.stringify(hint)},"entries":${entries}}`,
        408,
      );
    } finally {
      leave();
    }
  },
});

const SHOWN_OPERATIONS = 5;

/** What came instead of what was waited for. */
function hintFor(journal: Journal, { view, operation, after }: WaitFor): string {
  const seen = operationsSeen(journal.entries(view, after));
  const alike = operation === undefined ? 0 : (seen.get(operation) ?? 0);
  if (alike > 0) return `${operation} was seen ${times(alike)}; see that \`where\` and \`count\` fit`;
  if (seen.size > 0) {
    const most = [...seen].sort(([, one], [, other]) => other - one).slice(0, SHOWN_OPERATIONS);
    return `seen were ${most.map(([name, count]) => `${name} ${times(count)}`).join(', ')}`;
  }
  return elsewhere(journal, view) ?? 'no request came at all: is the client told the right base URL?';
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

function elsewhere(journal: Journal, view: JournalView): string | undefined {
  const before = operationsSeen(journal.entries(view)).size > 0;
  if (before) return 'requests came before `after` only';
  const unclaimed = operationsSeen(journal.entries(undefined)).size > 0;
  return unclaimed
    ? 'requests came with credentials that nobody here has: GET /_crabapple/journal?unclaimed=true'
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
