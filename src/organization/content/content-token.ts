import type { Identifiers } from '../../core/identifiers.ts';
import { TAG_DIGITS } from '../../core/organization-tag.ts';
import type { ContentTokenDefinition } from './definition.ts';

/** A content token (sToken), by which an MDM acts for a location. */
export interface ContentToken {
  readonly token: string;
  readonly rights: 'full' | 'read_only';
  readonly kind: 'location' | 'legacy';
  status: 'valid' | 'revoked';
  /** Virtual time, milliseconds since the epoch. */
  expiresAt: number;
  /** Requests of the current second of the real clock: on a frozen virtual clock no second would pass. */
  second: number;
  requests: number;
}

const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

/** Base64 of 64 bytes. The digits of the tag are base64 characters, so that it can be read without decoding. */
export function deriveToken(identifiers: Identifiers, location: string, number: number): string {
  const label = `content token ${location}#${number}`;
  const bytes = new Uint8Array(64);
  bytes.set(identifiers.bytes(`${label} a`), 0);
  bytes.set(identifiers.bytes(`${label} b`), 32);
  return identifiers.tag + base64(bytes).slice(TAG_DIGITS);
}

export function createContentToken(
  definition: ContentTokenDefinition,
  token: string,
  expiry: number,
): ContentToken {
  return {
    token: definition.token ?? token,
    rights: definition.rights ?? 'full',
    kind: definition.kind ?? 'location',
    status: definition.status ?? 'valid',
    expiresAt: definition.expires ?? expiry,
    second: 0,
    requests: 0,
  };
}

/** Dates as Apple prints them here: `2030-11-08T22:33:22+0000`. */
export const offsetDate = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19)}+0000`;

/** The `.vpptoken` file: base64 of a JSON object, without armor. The complete text is the credential. */
export function contentTokenFile(token: Pick<ContentToken, 'token' | 'expiresAt'>, orgName: string): string {
  const text = JSON.stringify({ token: token.token, expDate: offsetDate(token.expiresAt), orgName });
  return base64(new TextEncoder().encode(text));
}

const serves = ({ status, rights, kind, expiresAt }: ContentToken, now: number): boolean =>
  status === 'valid' && rights === 'full' && kind === 'location' && expiresAt > now;

/** The token that the portal offers: the newest that is valid for everything, or else the newest. */
export function offeredToken(tokens: readonly ContentToken[], now: number): ContentToken | undefined {
  return tokens.findLast((token) => serves(token, now)) ?? tokens.at(-1);
}

const LONGEST_CREDENTIAL = 16_384;

/**
 * The `token` of a credential; undefined if it has none. Clients encode the object again (white space, order of
 * members), so the text can differ from the issued one.
 */
export function tokenOfCredential(credential: string): string | undefined {
  if (credential === '' || credential.length > LONGEST_CREDENTIAL) return undefined;
  try {
    const bytes = Uint8Array.from(atob(credential.trim()), (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value !== 'object' || value === null) return undefined;
    const { token } = value as { token?: unknown };
    return typeof token === 'string' && token !== '' ? token : undefined;
  } catch {
    return undefined;
  }
}
