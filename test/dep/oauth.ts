import type { ServerCredentials } from '../../src/organization/definition.ts';

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

export interface Signing {
  readonly url: string;
  readonly nonce?: string | undefined;
  /** Seconds since the epoch. */
  readonly timestamp?: number | undefined;
  /** Parameters of the query, decoded. */
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** OAuth parameters that are not sent. */
  readonly omit?: readonly string[] | undefined;
}

/** What is still to be signed: `text` by HMAC-SHA1 with `key`. */
export interface Unsigned {
  readonly parameters: Readonly<Record<string, string>>;
  readonly key: string;
  readonly text: string;
}

let nonces = 0;

/** By a second reading of RFC 5849 that shares nothing with the one under test. */
export function unsigned(credentials: ServerCredentials, signing: Signing): Unsigned {
  nonces += 1;
  const parameters: Record<string, string> = {
    oauth_consumer_key: credentials.consumer_key,
    oauth_nonce: signing.nonce ?? `nonce${nonces}`,
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(signing.timestamp ?? Math.floor(Date.now() / 1000)),
    oauth_token: credentials.access_token,
    oauth_version: '1.0',
  };
  for (const name of signing.omit ?? []) delete parameters[name];
  const signed: Record<string, string> = { ...parameters, ...signing.query };
  const normalized = Object.keys(signed)
    .sort()
    .map((name) => `${encoded(name)}=${encoded(signed[name]!)}`)
    .join('&');
  return {
    parameters,
    key: `${encoded(credentials.consumer_secret)}&${encoded(credentials.access_secret)}`,
    text: `GET&${encoded(signing.url)}&${encoded(normalized)}`,
  };
}

export const oauthHeader = (parameters: Readonly<Record<string, string>>): string =>
  `OAuth ${Object.entries(parameters)
    .map(([name, value]) => `${name}="${encoded(value)}"`)
    .join(', ')}`;
