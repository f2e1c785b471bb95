import type { JournalEntry, KeptBody } from './entry.ts';
import { maskHeaders, maskParameters, maskText } from './secrets.ts';
import { queryObject, shownBody, textOf } from './view.ts';

export type EntryTest = (entry: JournalEntry) => boolean;

/**
 * Tests whether an entry contains a text, ignoring case, in path, query, header values, bodies or reason. Masked secrets are
 * not searched, because a client could then guess them letter by letter.
 */
export function mentions(text: string, secrets: boolean): EntryTest {
  const wanted = text.toLowerCase();
  const contains = (where: string): boolean => where.toLowerCase().includes(wanted);

  function inHeaders(headers: JournalEntry['request']['headers']): boolean {
    const shown = secrets ? headers : maskHeaders(headers);
    return Object.values(shown).some((value) => value !== undefined && contains(value));
  }

  /** Names count too: the response to an assignment has serial numbers as names. */
  function inValue(value: unknown): boolean {
    const left: unknown[] = [value];
    while (left.length > 0) {
      const next = left.pop();
      if (typeof next === 'object' && next !== null) {
        for (const [name, member] of Object.entries(next)) {
          if (!Array.isArray(next) && contains(name)) return true;
          left.push(member);
        }
      } else if (next !== undefined && next !== null && contains(String(next))) return true;
    }
    return false;
  }

  function inBody(body: KeptBody): boolean {
    if (body.kind === 'stream') return false;
    const plain = body.kind === 'head' ? body.head : textOf(body.bytes);
    // Without escapes, a text that is not in the body is in none of its values.
    if (!contains(plain) && !plain.includes('\\')) return false;
    if (body.kind === 'head') return contains(secrets ? plain : maskText(plain));
    try {
      return inValue(shownBody(body, secrets));
    } catch (error) {
      // The body is nested too deeply.
      if (!(error instanceof RangeError)) throw error;
      return contains(secrets ? plain : maskText(plain));
    }
  }

  return ({ request, response, why }) =>
    contains(request.path) ||
    inValue(queryObject(secrets ? request.query : maskParameters(request.query))) ||
    inHeaders(request.headers) ||
    (why !== undefined && contains(why)) ||
    inBody(request.body) ||
    (response !== undefined && (inHeaders(response.headers) || inBody(response.body)));
}

const ONE = '(?:[1-5](?:[0-9][0-9]|[xX][xX])|none)';

/** Pattern of `403`, `4xx`, `none`, or several of them separated by commas. */
export const STATUSES = `^${ONE}(?:,${ONE})*$`;

/** Tests whether the response of an entry has one of these statuses. `none` is an entry without response. */
export function hasStatus(statuses: string): EntryTest {
  const words = new Set(statuses.toLowerCase().split(','));
  return ({ response }) => {
    if (response === undefined) return words.has('none');
    const status = String(response.status);
    return words.has(status) || words.has(`${status[0]}xx`);
  };
}
