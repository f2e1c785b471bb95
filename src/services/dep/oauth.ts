import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';

const encoder = new TextEncoder();

/** Percent-encoding of RFC 5849 section 3.6: everything but the unreserved characters of RFC 3986. */
export function percentEncode(text: string): string {
  // A lone surrogate has no UTF-8 form and would throw.
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const DEFAULT_PORTS = { http: '80', https: '443' } as const;

/** The URL in the form that is signed: RFC 5849 section 3.4.1.2. */
export function signedUrl(scheme: 'http' | 'https', authority: string, path: string): string {
  const host = authority.toLowerCase().replace(new RegExp(`:${DEFAULT_PORTS[scheme]}$`), '');
  return `${scheme}://${host}${path}`;
}

export interface SignedRequest {
  readonly method: string;
  readonly url: string;
  /** OAuth parameters without realm and signature, and those of the query. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** HMAC-SHA1 signature in base64: RFC 5849 section 3.4.2. */
export function signatureOf(request: SignedRequest, consumerSecret: string, tokenSecret: string): string {
  const parameters = request.parameters
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const base = [request.method.toUpperCase(), request.url, parameters].map(percentEncode).join('&');
  const key = `${percentEncode(consumerSecret)}&${percentEncode(tokenSecret)}`;
  return btoa(String.fromCharCode(...hmac(sha1, encoder.encode(key), encoder.encode(base))));
}

/** Compares two texts in constant time. */
export function sameSignature(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1)
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}

/** The parameters of an OAuth 1.0a `Authorization` header (RFC 5849 section 3.5.1), `realm` left out. */
export interface OAuthParameters {
  readonly consumerKey: string;
  readonly token: string;
  readonly signatureMethod: string;
  readonly signature: string;
  /** Seconds since the epoch, as sent. */
  readonly timestamp: string;
  readonly nonce: string;
  /** The signed parameters: all but realm and signature. */
  readonly signed: readonly (readonly [name: string, value: string])[];
}

/** Says what is wrong with the header. */
export class OAuthProblem {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

const NEEDED = [
  'oauth_consumer_key',
  'oauth_token',
  'oauth_signature_method',
  'oauth_signature',
  'oauth_timestamp',
  'oauth_nonce',
] as const;

const KNOWN: ReadonlySet<string> = new Set([...NEEDED, 'oauth_version', 'realm']);

// Clients separate the parameters by `, ` or `,`, and some omit the quotes.
const PARAMETER = /\s*([^\s=,"]+)\s*=\s*(?:"([^"]*)"|([^\s,"]*))\s*(?:,|$)/gy;

/** Accepts percent-encoded values and, for clients that do not encode (apple-mdm-clients), raw ones. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const SCHEME = /^OAuth(?:\s+|$)/i;

export function parseOAuthHeader(header: string): OAuthParameters | OAuthProblem {
  const scheme = SCHEME.exec(header);
  if (scheme === null) return new OAuthProblem('the Authorization header does not begin with `OAuth `');
  const values = new Map<string, string>();
  let position = scheme[0].length;
  while (position < header.length) {
    PARAMETER.lastIndex = position;
    const match = PARAMETER.exec(header);
    if (match === null || match[0] === '') {
      return new OAuthProblem(`the Authorization header cannot be read from character ${position + 1} on`);
    }
    position = PARAMETER.lastIndex;
    const name = decoded(match[1]!);
    if (!KNOWN.has(name)) return new OAuthProblem(`the OAuth parameter ${name} is not supported`);
    if (values.has(name)) return new OAuthProblem(`the OAuth parameter ${name} is given twice`);
    values.set(name, decoded(match[2] ?? match[3] ?? ''));
  }
  for (const name of NEEDED) {
    if ((values.get(name) ?? '') === '') return new OAuthProblem(`the OAuth parameter ${name} is missing`);
  }
  const version = values.get('oauth_version');
  if (version !== undefined && version !== '1.0') {
    return new OAuthProblem(`oauth_version is ${version}; Apple's service speaks 1.0`);
  }
  const signatureMethod = values.get('oauth_signature_method')!;
  if (signatureMethod !== 'HMAC-SHA1') {
    return new OAuthProblem(`oauth_signature_method is ${signatureMethod}; Apple's service takes HMAC-SHA1`);
  }
  const timestamp = values.get('oauth_timestamp')!;
  if (!/^\d{1,12}$/.test(timestamp)) return new OAuthProblem('oauth_timestamp is not seconds since 1970');
  return {
    consumerKey: values.get('oauth_consumer_key')!,
    token: values.get('oauth_token')!,
    signatureMethod,
    signature: values.get('oauth_signature')!,
    timestamp,
    nonce: values.get('oauth_nonce')!,
    signed: [...values].filter(([name]) => name !== 'realm' && name !== 'oauth_signature'),
  };
}
