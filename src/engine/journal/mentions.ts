import { formMembers } from '../../core/request.ts';
import type { JournalEntry, KeptBody } from './entry.ts';
import type { Masks } from './secrets.ts';
import { shownBody, textOf } from './view.ts';

export type EntryTest = (entry: JournalEntry) => boolean;

/**
 * Whether a text stands in what is shown of an entry: path, query, values of header fields, bodies, reason. Secrets that
 * are masked there are not found, lest they be guessed letter by letter. Case does not count: one pastes UUIDs and
 * push tokens in either.
 */
export function mentions(text: string, masks: Masks | undefined): EntryTest {
  const wanted = text.toLowerCase();
  const stands = (where: string): boolean => where.toLowerCase().includes(wanted);

  function inHeaders(headers: JournalEntry['request']['headers']): boolean {
    const shown = masks === undefined ? headers : masks.headers(headers);
    return Object.values(shown).some((value) => value !== undefined && stands(value));
  }

  /** Names count as well: the answer to an assignment has serial numbers as names. */
  function inValue(value: unknown): boolean {
    const left: unknown[] = [value];
    while (left.length > 0) {
      const next = left.pop();
      if (typeof next === 'object' && next !== null) {
        for (const [name, member] of Object.entries(next)) {
          if (!Array.isArray(next) && stands(name)) return true;
          left.push(member);
        }
      } else if (next !== undefined && next !== null && stands(String(next))) return true;
    }
    return false;
  }

  function inBody(body: KeptBody): boolean {
    if (body.kind === 'stream') return false;
    const plain = body.kind === 'head' ? body.head : textOf(body.bytes);
    // Most bodies need no reading: what stands nowhere in the text is in no value either, unless by an escape.
    if (!stands(plain) && !plain.includes('\\')) return false;
    if (body.kind === 'head') return stands(masks === undefined ? plain : masks.text(plain));
    try {
      return inValue(shownBody(body, masks));
    } catch (error) {
      // Nested thousands of levels deep.
      if (!(error instanceof RangeError)) throw error;
      return stands(masks === undefined ? plain : masks.text(plain));
    }
  }

  return ({ request, response, why }) =>
    stands(request.path) ||
    inValue(formMembers(masks === undefined ? request.query : masks.parameters(request.query))) ||
    inHeaders(request.headers) ||
    (why !== undefined && stands(why)) ||
    inBody(request.body) ||
    (response !== undefined && (inHeaders(response.headers) || inBody(response.body)));
}
