import type { HeaderFields } from '../http/request.ts';

interface ReadFields {
  readonly headers: HeaderFields;
  /** Names that came more than once; undefined where none did. */
  readonly repeated: readonly string[] | undefined;
}

const COLON = 0x3a;

/**
 * Header fields from names and values as they came, one after the other; the pseudo-header fields of HTTP/2 are none.
 * Names are data: none of them may meet a member that every object has.
 */
export function headerFields(raw: readonly string[]): ReadFields {
  const headers: Record<string, string> = Object.create(null);
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
