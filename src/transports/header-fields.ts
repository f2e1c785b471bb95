import type { Connection } from '../core/connection.ts';
import type { HeaderFields } from '../core/request.ts';

export interface ReadFields {
  readonly headers: HeaderFields;
  /** Names that came more than once; undefined where none did. */
  readonly repeated: readonly string[] | undefined;
}

/**
 * Names are data: none of them may meet a member that every object has. Objects of one constructor share the layout
 * of their names, where `Object.create(null)` would keep a table in each.
 */
function Fields(): void {}
Fields.prototype = Object.create(null);
const EmptyFields = Fields as unknown as new () => Record<string, string>;

/** Header fields from names and values as they came, one after the other. */
export function headerFields(raw: readonly string[], from = 0): ReadFields {
  const headers = new EmptyFields();
  let repeated: string[] | undefined;
  for (let index = from; index < raw.length; index += 2) {
    const name = raw[index]!.toLowerCase();
    const value = raw[index + 1]!;
    const before = headers[name];
    if (before === undefined) {
      headers[name] = value;
      continue;
    }
    // A client of HTTP/2 may send each cookie as a field of its own: RFC 9113 section 8.2.3.
    if (name === 'cookie') {
      headers[name] = `${before}; ${value}`;
      continue;
    }
    headers[name] = `${before}, ${value}`;
    repeated ??= [];
    if (!repeated.includes(name)) repeated.push(name);
  }
  return { headers, repeated };
}

/**
 * What a client sent last on a connection: one that sends the same again gets the same fields, which the journal then
 * holds once.
 */
export class LastFields<Read> {
  readonly #read: (raw: readonly string[], from: number) => Read;
  #raw: readonly string[] = [];
  #fields: Read | undefined;

  constructor(read: (raw: readonly string[], from: number) => Read) {
    this.#read = read;
  }

  /** @param from where in `raw` the first name is; `raw` may be written over afterward */
  of(raw: readonly string[], from = 0): Read {
    if (this.#fields === undefined || !this.#isLast(raw, from)) {
      this.#fields = this.#read(raw, from);
      this.#raw = raw.slice(from);
    }
    return this.#fields;
  }

  #isLast(raw: readonly string[], from: number): boolean {
    const last = this.#raw;
    if (raw.length - from !== last.length) return false;
    for (let index = 0; index < last.length; index += 1) if (raw[from + index] !== last[index]) return false;
    return true;
  }
}

const last = new WeakMap<Connection, LastFields<ReadFields>>();

/** The same for a connection of HTTP/1. */
export function headerFieldsOn(connection: Connection, raw: readonly string[]): ReadFields {
  let fields = last.get(connection);
  if (fields === undefined) {
    fields = new LastFields(headerFields);
    last.set(connection, fields);
  }
  return fields.of(raw);
}
