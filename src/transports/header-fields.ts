import type { Connection } from '../core/connection.ts';
import type { HeaderFields } from '../core/request.ts';

export interface ReadFields {
  readonly headers: HeaderFields;
  /** Names that occur more than once; undefined if there are none. */
  readonly repeated: readonly string[] | undefined;
}

/**
 * Objects without the members of `Object.prototype`, since field names are data of the client. Objects of one constructor
 * share their layout; each object of `Object.create(null)` would have its own table.
 */
function Fields(): void {}
Fields.prototype = Object.create(null);
const EmptyFields = Fields as unknown as new () => Record<string, string>;

/** Header fields from names and values in turn, in the order in which they arrived. */
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
    // HTTP/2 clients may send each cookie as a separate field: RFC 9113 section 8.2.3.
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
 * The fields of the last request of a connection. A request that repeats them gets the same object, so the journal holds
 * them once.
 */
export class LastFields<Read> {
  readonly #read: (raw: readonly string[], from: number) => Read;
  #raw: readonly string[] = [];
  #fields: Read | undefined;

  constructor(read: (raw: readonly string[], from: number) => Read) {
    this.#read = read;
  }

  /** @param from index of the first name in `raw`, which the caller may reuse */
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

/** Header fields of a request on an HTTP/1 connection. */
export function headerFieldsOn(connection: Connection, raw: readonly string[]): ReadFields {
  let fields = last.get(connection);
  if (fields === undefined) {
    fields = new LastFields(headerFields);
    last.set(connection, fields);
  }
  return fields.of(raw);
}
