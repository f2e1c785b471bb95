import { sha256 } from '../../core/digest.ts';
import { APPROACH } from '../../engine/faults/definition.ts';
import type { JournalEntry, KeptBody } from '../../engine/journal/entry.ts';
import { type EntryTest, hasStatus, mentions, STATUSES } from '../../engine/journal/filters.ts';
import { entryJson } from '../../engine/journal/view.ts';
import { after, checkOperationName, pageLimit } from './query.ts';
import { jsonText } from './reply.ts';
import { route } from './route.ts';
import { anything, integer, listOf, record, type Schema, text, textOrNull } from './schema.ts';

const message = (members: Readonly<Record<string, Schema>>): Schema =>
  record({ ...members, headers: { type: 'object', additionalProperties: text() }, body: anything });

export const ENTRY_SCHEMA: Schema = record({
  seq: integer(),
  at: text('virtual time'),
  wall_at: text('real time'),
  organization: textOrNull('null: the credential belongs to no organization'),
  operation: textOrNull(),
  transport: text(),
  request: message({
    method: text(),
    scheme: text(),
    authority: text(),
    path: text(),
    query: { type: 'object' },
  }),
  response: { oneOf: [message({ status: integer() }), { type: 'null' }] },
  'ended?': text('how a request without response ended'),
  'why?': text('why the response is what it is'),
  'fault?': text('id of the fault that was applied'),
});

export const UNCLAIMED = {
  kind: 'flag',
  about: 'requests whose credential belongs to no organization, instead of those of the organization',
} as const;

const LARGE_BODY_HEAD = 4 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A journal entry as JSON text. Secrets are masked unless `secrets`. */
export function entryText(entry: JournalEntry, secrets: boolean): string {
  try {
    return JSON.stringify(entryJson(entry, secrets));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // A body nested thousands of levels deep exhausts the stack. It is shown like a large body.
    const { request, response } = entry;
    const flat: JournalEntry = {
      ...entry,
      request: { ...request, body: asHead(request.body) },
      response: response === undefined ? undefined : { ...response, body: asHead(response.body) },
    };
    return JSON.stringify(entryJson(flat, secrets));
  }
}

function asHead(body: KeptBody): KeptBody {
  if (body.kind !== 'whole') return body;
  const bytes = typeof body.bytes === 'string' ? encoder.encode(body.bytes) : body.bytes;
  return {
    kind: 'head',
    head: decoder.decode(bytes.subarray(0, LARGE_BODY_HEAD)),
    length: bytes.length,
    sha256: sha256(bytes),
  };
}

const MAX_MENTION = 200;

export const readJournal = route({
  name: 'journal',
  scope: 'organization',
  method: 'GET',
  path: 'journal',
  about: 'Requests and responses, oldest first',
  query: {
    operation: {
      kind: 'text',
      about: 'only requests of this operation; `connection` for entries about connections',
    },
    status: {
      kind: 'text',
      about:
        'only requests with this status: a status (403), a class (4xx), none for requests without response, or several (401,4xx,none)',
      form: {
        pattern: STATUSES,
        hint: 'give a status such as 403, a class such as 4xx, none for requests without response, or several separated by commas',
      },
    },
    mentions: {
      kind: 'text',
      about:
        'only entries that contain this text as they are shown, in any case: a serial number, UDID, UUID or push token in path, query, header values, bodies (of large bodies the stored head) or `why`',
      form: {
        pattern: `^\\s*\\S[\\s\\S]{0,${MAX_MENTION - 1}}$`,
        hint: `give a text of 1 to ${MAX_MENTION} characters, such as a serial number`,
      },
    },
    after,
    limit: pageLimit('entries on a page'),
    unclaimed: UNCLAIMED,
  },
  response: {
    about: 'a page of entries',
    schema: record({
      entries: listOf(ENTRY_SCHEMA),
      dropped: integer('entries that were dropped from the journal'),
      next: integer('`after` of the next page'),
    }),
  },
  handler({ context: { apple, options }, tenant, query }) {
    if (query.operation !== APPROACH) checkOperationName(apple, query.operation);
    const { journal } = apple;
    const view = query.unclaimed ? undefined : tenant.id;
    const page: JournalEntry[] = [];
    const tests = testsOf(query, options.showSecrets);
    for (const entry of journal.entries(view, query.after)) {
      if (!tests.every((matches) => matches(entry))) continue;
      page.push(entry);
      if (page.length === query.limit) break;
    }
    // A page that is not full has searched everything, including entries of other organizations.
    const next = page.length === query.limit ? page.at(-1)!.seq : journal.lastSeq;
    const entries = page.map((entry) => entryText(entry, options.showSecrets));
    return jsonText(`{"entries":[${entries.join(',')}],"dropped":${journal.dropped(view)},"next":${next}}`);
  },
});

interface Filters {
  readonly operation: string | undefined;
  readonly status: string | undefined;
  readonly mentions: string | undefined;
}

/** The fastest first. */
function testsOf({ operation, status, mentions: text }: Filters, secrets: boolean): readonly EntryTest[] {
  return [
    ...(operation === undefined ? [] : [(entry: JournalEntry) => entry.operation === operation]),
    ...(status === undefined ? [] : [hasStatus(status)]),
    ...(text === undefined ? [] : [mentions(text, secrets)]),
  ];
}
