import type { Connection } from './connection.ts';

/** Header names in lower case, repeated fields joined with `, ` as RFC 9110 section 5.3 says. */
export type HeaderFields = Readonly<Record<string, string | undefined>>;

/** What a transport can and cannot tell about the request that it brings. */
export interface Entrance {
  /** `express`, `http2`, `msw`, … as it stands in the journal. */
  readonly transport: string;
  /** True where the transport never sees a user agent that the client sent (MSW). */
  readonly hidesUserAgent?: boolean;
  /** Undefined where the transport knows no connections (MSW). */
  readonly connection?: Connection;
}

/** One request as a value: no socket, no stream, complete. */
export interface HttpRequest {
  /** In capitals, as sent. */
  readonly method: string;
  /** As the client named it: what it signed. */
  readonly scheme: 'http' | 'https';
  /** Host and port as the client named them. */
  readonly authority: string;
  /** Path as sent, still percent-encoded, without query. */
  readonly path: string;
  /** What stands before the path in the URL that the client asked for, where the transport is mounted below one. */
  readonly mount?: string | undefined;
  /** Query as sent, without `?`. */
  readonly query: string;
  /** By names in lower case. */
  readonly headers: HeaderFields;
  /** Names of the header fields that came more than once; undefined where none did. */
  readonly repeated?: readonly string[] | undefined;
  /** Whole; empty where there is none. */
  readonly body: Uint8Array;
  /** By which transport it came. */
  readonly entrance: Entrance;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Up to here a loop is quicker than the call of a decoder. */
const SHORT = 256;

/** Bytes of plain ASCII as text; undefined where there are others. */
function shortText(bytes: Uint8Array): string | undefined {
  for (let index = 0; index < bytes.length; index += 1) if (bytes[index]! > 0x7f) return undefined;
  return String.fromCharCode.apply(undefined, bytes as unknown as number[]);
}

/** The body as text, or undefined where it is not UTF-8. */
export function bodyText({ body }: HttpRequest): string | undefined {
  const short = body.length <= SHORT ? shortText(body) : undefined;
  if (short !== undefined) return short;
  try {
    return decoder.decode(body);
  } catch {
    return undefined;
  }
}

/** Values of a query parameter, decoded; a `+` is a space and broken escapes stay as they are. */
export function queryValues(request: HttpRequest, name: string): readonly string[] {
  return request.query === '' ? [] : new URLSearchParams(request.query).getAll(name);
}

/** The host of the authority in lower case, without port. */
export function hostName(authority: string): string {
  const end = authority.startsWith('[') ? authority.indexOf(']') + 1 : authority.indexOf(':');
  return (end < 0 ? authority : authority.slice(0, end)).toLowerCase();
}

/** All query parameters, decoded, in the order sent. */
export function queryParameters(request: HttpRequest): readonly (readonly [name: string, value: string])[] {
  return request.query === '' ? [] : [...new URLSearchParams(request.query)];
}

/** What a request brought, taken for JSON where it can be. */
export type ParsedBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string; readonly why: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not_utf8' };

const EMPTY: ParsedBody = { kind: 'empty' };
const parsed = new WeakMap<HttpRequest, ParsedBody>();

/** The body, parsed once however many ask for it. Nobody may alter the value. */
export function parseBody(request: HttpRequest): ParsedBody {
  if (request.body.length === 0) return EMPTY;
  let body = parsed.get(request);
  if (body === undefined) {
    body = parseText(bodyText(request));
    parsed.set(request, body);
  }
  return body;
}

function parseText(text: string | undefined): ParsedBody {
  if (text === undefined) return { kind: 'not_utf8' };
  if (text.trim() === '') return EMPTY;
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch (error) {
    return { kind: 'text', text, why: (error as Error).message };
  }
}

/** Parameters of a query or a form, decoded, by name; the values of one that appears several times as a list. */
export function formMembers(text: string): Record<string, string | readonly string[]> {
  const parameters = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );
}
