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

/** Compares in a time that does not tell where two texts differ. */
export function sameSignature(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1)
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}
