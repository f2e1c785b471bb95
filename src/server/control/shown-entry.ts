import { sha256 } from '../../core/digest.ts';
import type { JournalEntry, KeptBody } from '../../engine/journal/entry.ts';
import type { Masks } from '../../engine/journal/secrets.ts';
import { entryJson } from '../../engine/journal/view.ts';
import { anything, integer, record, type Schema, text, textOrNull } from './schema.ts';

const HEAD = 4 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A journal entry as JSON text. @param masks undefined to show secrets */
export function entryText(entry: JournalEntry, masks: Masks | undefined): string {
  try {
    return JSON.stringify(entryJson(entry, masks));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // A body nested thousands of levels deep exhausts the stack: it is shown as large ones are.
    const { request, response } = entry;
    const flat: JournalEntry = {
      ...entry,
      request: { ...request, body: asHead(request.body) },
      response: response === undefined ? undefined : { ...response, body: asHead(response.body) },
    };
    return JSON.stringify(entryJson(flat, masks));
  }
}

function asHead(body: KeptBody): KeptBody {
  if (body.kind !== 'whole') return body;
  const bytes = typeof body.bytes === 'string' ? encoder.encode(body.bytes) : body.bytes;
  return {
    kind: 'head',
    head: decoder.decode(bytes.subarray(0, HEAD)),
    length: bytes.length,
    sha256: sha256(bytes),
  };
}

const message = (members: Readonly<Record<string, Schema>>): Schema =>
  record({ ...members, headers: { type: 'object', additionalProperties: text() }, body: anything });

export const ENTRY_SCHEMA: Schema = record({
  seq: integer(),
  at: text('virtual time'),
  wall_at: text('real time'),
  organization: textOrNull('null: a credential that nobody here has'),
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
  'ended?': text('what became of a request without response'),
  'why?': text('why it was answered so'),
  'fault?': text('id of the fault that was applied'),
});

export const UNCLAIMED = {
  kind: 'flag',
  about: 'requests whose credential nobody here has, in place of the organization’s',
} as const;
