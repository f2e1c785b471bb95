import type { Connection } from './connection.ts';

/** Header names in lower case, repeated fields joined with `, ` as RFC 9110 section 5.3 says. */
export type HeaderFields = Readonly<Record<string, string | undefined>>;

/** What a transport knows about a request. */
export interface RequestTransport {
  /** `express`, `http2`, `msw`, … The journal shows it as `transport`. */
  readonly name: string;
  /** True if the transport does not see the user agent (MSW). */
  readonly hidesUserAgent?: boolean;
  /** Undefined if the transport has no connections (MSW). */
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
  /** The part of the URL before `path`, if the transport is mounted below one. */
  readonly mount?: string | undefined;
  /** Query as sent, without `?`. */
  readonly query: string;
  /** By names in lower case. */
  readonly headers: HeaderFields;
  /** Names of header fields that appear more than once; undefined if there are none. */
  readonly repeated?: readonly string[] | undefined;
  /** Complete; empty if there is none. */
  readonly body: Uint8Array;
  /** The transport that received the request. */
  readonly transport: RequestTransport;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Up to this length a loop is faster than a decoder. */
const SHORT = 256;

/** ASCII bytes as text; undefined if there are other bytes. */
function shortText(bytes: Uint8Array): string | undefined {
  for (let index = 0; index < bytes.length; index += 1) if (bytes[index]! > 0x7f) return undefined;
  return String.fromCharCode.apply(undefined, bytes as unknown as number[]);
}

/** The body as text; undefined if it is not UTF-8. */
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

/** The body of a request: JSON if it can be parsed. */
export type ParsedBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string; readonly why: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not_utf8' };

const EMPTY: ParsedBody = { kind: 'empty' };
const parsed = new WeakMap<HttpRequest, ParsedBody>();

/** The body, parsed on first use. Do not alter the value. */
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
