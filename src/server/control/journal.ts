import { CONNECTION } from '../../engine/faults/definition.ts';
import type { JournalEntry } from '../../engine/journal/entry.ts';
import { type EntryTest, mentions } from '../../engine/journal/mentions.ts';
import type { Masks } from '../../engine/journal/secrets.ts';
import { answeredWith, STATUSES } from '../../engine/journal/statuses.ts';
import { checkOperationName } from './operation-name.ts';
import { after, pageLimit } from './query.ts';
import { jsonText } from './reply.ts';
import { route } from './route.ts';
import { integer, listOf, record } from './schema.ts';
import { ENTRY_SCHEMA, entryText, UNCLAIMED } from './shown-entry.ts';

const LONGEST_MENTION = 200;

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
    status: {
      kind: 'text',
      about:
        'requests answered so only: a status (403), a class (4xx), none for those without response, or several (401,4xx,none)',
      form: {
        pattern: STATUSES,
        hint: 'give a status such as 403, a class such as 4xx, none for requests without response, or several with commas between',
      },
    },
    mentions: {
      kind: 'text',
      about:
        'entries only in which this text stands, as they are shown, in upper or lower case: a serial number, UDID, UUID or push token in path, query, header values, bodies (of large ones in the head that is kept) or `why`',
      form: {
        pattern: `^\\s*\\S[\\s\\S]{0,${LONGEST_MENTION - 1}}$`,
        hint: `give a text of 1 to ${LONGEST_MENTION} characters, such as a serial number`,
      },
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
    if (query.operation !== CONNECTION) checkOperationName(crabapple, query.operation);
    const { journal } = crabapple;
    const masks = options.showSecrets ? undefined : journal.masks;
    const view = query.unclaimed ? undefined : tenant.id;
    const page: JournalEntry[] = [];
    const tests = testsOf(query, masks);
    for (const entry of journal.entries(view, query.after)) {
      if (!tests.every((fits) => fits(entry))) continue;
      page.push(entry);
      if (page.length === query.limit) break;
    }
    // A page that is not full has looked at everything, other organizations' entries included.
    const next = page.length === query.limit ? page.at(-1)!.seq : journal.lastSeq;
    const entries = page.map((entry) => entryText(entry, masks));
    return jsonText(`{"entries":[${entries.join(',')}],"dropped":${journal.dropped(view)},"next":${next}}`);
  },
});

interface Filters {
  readonly operation: string | undefined;
  readonly status: string | undefined;
  readonly mentions: string | undefined;
}

/** The quick ones first. */
function testsOf(
  { operation, status, mentions: text }: Filters,
  masks: Masks | undefined,
): readonly EntryTest[] {
  return [
    ...(operation === undefined ? [] : [(entry: JournalEntry) => entry.operation === operation]),
    ...(status === undefined ? [] : [answeredWith(status)]),
    ...(text === undefined ? [] : [mentions(text, masks)]),
  ];
}
