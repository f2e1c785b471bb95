import type { Connection } from '../http/connection.ts';
import type { HeaderFields } from '../http/request.ts';

interface ReadFields {
  readonly headers: HeaderFields;
  /** Names that came more than once; undefined where none did. */
  readonly repeated: readonly string[] | undefined;
}

const COLON = 0x3a;

/**
 * Names are data: none of them may meet a member that every object has. Objects of one constructor share the layout
 * of their names, where `Object.create(null)` would keep a table in each.
 */
function Fields(): void {}
Fields.prototype = Object.create(null);
const EmptyFields = Fields as unknown as new () => Record<string, string>;

/**
 * Header fields from names and values as they came, one after the other; the pseudo-header fields of HTTP/2 are none.
 */
export function headerFields(raw: readonly string[]): ReadFields {
  const headers = new EmptyFields();
  let repeated: string[] | undefined;
  for (let index = 0; index < raw.length; index += 2) {
    const sent = raw[index]!;
    if (sent.charCodeAt(0) === COLON) continue;
    const name = sent.toLowerCase();
    const value = raw[index + 1]!;
    const before = headers[name];
    if (before === undefined) {
      headers[name] = value;
      continue;
    }
    headers[name] = `${before}, ${value}`;
    repeated ??= [];
    if (!repeated.includes(name)) repeated.push(name);
  }
  return { headers, repeated };
}

const last = new WeakMap<Connection, { readonly raw: readonly string[]; readonly read: ReadFields }>();

/**
 * The same for a connection: a client that sends again what it sent before gets the same fields, which the journal
 * then holds once.
 */
export function headerFieldsOn(connection: Connection, raw: readonly string[]): ReadFields {
  const before = last.get(connection);
  if (before !== undefined && isAlike(raw, before.raw)) return before.read;
  const read = headerFields(raw);
  last.set(connection, { raw, read });
  return read;
}

/** But for the values of pseudo-header fields. */
function isAlike(raw: readonly string[], other: readonly string[]): boolean {
  if (raw.length !== other.length) return false;
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]!;
    if (name !== other[index]) return false;
    if (raw[index + 1] !== other[index + 1] && name.charCodeAt(0) !== COLON) return false;
  }
  return true;
}
