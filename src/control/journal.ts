import { APPROACH } from '../exchange/faults/definition.ts';
import type { JournalEntry } from '../exchange/journal/entry.ts';
import { checkOperationName } from './operation-name.ts';
import { after, pageLimit } from './query.ts';
import { jsonText } from './reply.ts';
import { route } from './route.ts';
import { integer, listOf, record } from './schema.ts';
import { ENTRY_SCHEMA, entryText, UNCLAIMED } from './shown-entry.ts';

export const readJournal = route({
  name: 'journal',
  scope: 'organization',
  method: 'GET',
  path: 'journal',
  about: 'What was asked and answered, the oldest first',
  query: {
    operation: {
      kind: 'text',
      about: 'requests of this operation only; connection: what became of connections',
    },
    after,
    limit: pageLimit('entries on a page'),
    unclaimed: UNCLAIMED,
  },
  answer: {
    about: 'a page of entries',
    schema: record({
      entries: listOf(ENTRY_SCHEMA),
      dropped: integer('entries that fell out of the journal'),
      next: integer('to be given as `after` for what comes next'),
    }),
  },
  handler({ surroundings: { crabapple, options }, tenant, query }) {
    if (query.operation !== APPROACH) checkOperationName(crabapple, query.operation);
    const { journal } = crabapple;
    const view = query.unclaimed ? undefined : tenant.id;
    const page: JournalEntry[] = [];
    for (const entry of journal.entries(view, query.after)) {
      if (query.operation !== undefined && entry.operation !== query.operation) continue;
      page.push(entry);
      if (page.length === query.limit) break;
    }
    // A page that is not full has looked at everything, other organizations' entries included.
    const next = page.length === query.limit ? page.at(-1)!.seq : journal.lastSeq;
    const entries = page.map((entry) => entryText(entry, options.showSecrets));
    return jsonText(`{"entries":[${entries.join(',')}],"dropped":${journal.dropped(view)},"next":${next}}`);
  },
});
