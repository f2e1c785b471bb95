import type { Organization } from '../../organization/organization.ts';
import type { PushKey } from '../../organization/push/push-key.ts';
import { keyCredential } from './credentials.ts';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const HALF = 32;

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** One number of the signature at full width, and the offset of the next. */
function half(der: Uint8Array, at: number): { readonly bytes: Uint8Array; readonly end: number } | undefined {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  if (der[at] !== INTEGER || length === 0 || end > der.length) return undefined;
  const digits = der.subarray(at + 2, end);
  const plain = digits[0] === 0 ? digits.subarray(1) : digits;
  if (plain.length > HALF) return undefined;
  const bytes = new Uint8Array(HALF);
  bytes.set(plain, HALF - plain.length);
  return { bytes, end };
}

/**
 * The token with its signature in the form of RFC 7518 section 3.4. pushy signs in DER, which Apple accepts:
 * https://github.com/jchambers/pushy/blob/main/pushy/src/main/java/com/eatthepath/pushy/apns/auth/ApnsKey.java
 */
export function withPlainSignature(token: string): string {
  const start = token.lastIndexOf('.') + 1;
  let der: Uint8Array;
  try {
    const binary = atob(token.slice(start).replaceAll('-', '+').replaceAll('_', '/'));
    der = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return token;
  }
  if (der.length === 2 * HALF || der[0] !== SEQUENCE || der[1] !== der.length - 2) return token;
  const first = half(der, 2);
  const second = first === undefined ? undefined : half(der, first.end);
  if (first === undefined || second === undefined || second.end !== der.length) return token;
  return token.slice(0, start) + base64url(Uint8Array.from([...first.bytes, ...second.bytes]));
}

/** A provider token as it was sent: https://datatracker.ietf.org/doc/html/rfc7519 with `kid`, `iss` and `iat`. */
export interface ProviderToken {
  readonly kind: 'token';
  readonly text: string;
  readonly keyId: string;
  /** The key of its push key in the credential index. */
  readonly credential: string;
  readonly teamId: string;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
}

/** Says what is wrong with a token that cannot be read. */
export interface UnreadableToken {
  readonly kind: 'unreadable';
  readonly why: string;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function part(text: string): Record<string, unknown> | undefined {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const value: unknown = JSON.parse(
      decoder.decode(Uint8Array.from(binary, (character) => character.charCodeAt(0))),
    );
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const unreadable = (why: string): UnreadableToken => ({ kind: 'unreadable', why });

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const LONGEST = 4096;

/** https://developer.apple.com/documentation/usernotifications/establishing-a-token-based-connection-to-apns */
export function readProviderToken(text: string): ProviderToken | UnreadableToken {
  if (text.length > LONGEST) return unreadable(`the provider token has ${text.length} characters`);
  const parts = text.split('.');
  if (parts.length !== 3) return unreadable('the provider token does not have three parts');
  const header = part(parts[0]!);
  const claims = part(parts[1]!);
  if (header === undefined || claims === undefined)
    return unreadable('header or claims of the provider token are not JSON in base64url');
  if (header.alg !== 'ES256')
    return unreadable(`the provider token says alg ${JSON.stringify(header.alg)}; it must be ES256`);
  if (!isText(header.kid)) return unreadable('the header of the provider token has no kid');
  if (!isText(claims.iss)) return unreadable('the provider token has no iss');
  if (typeof claims.iat !== 'number' || !Number.isFinite(claims.iat))
    return unreadable('the provider token has no iat, or one that is no number');
  return {
    kind: 'token',
    text,
    keyId: header.kid,
    credential: keyCredential(header.kid),
    teamId: claims.iss,
    issuedAt: claims.iat,
  };
}

/** Tokens of an organization whose signature was checked, with the key that signed them. */
const verified = new WeakMap<Organization, Map<string, PushKey>>();

const MOST_VERIFIED = 1000;

/** Whether the token was checked before and is signed with this key. */
export const isVerified = (organization: Organization, { text }: ProviderToken, key: PushKey): boolean =>
  verified.get(organization)?.get(text) === key;

/** Checks whether the token is signed with this key. */
export async function verifySignature(
  organization: Organization,
  { text }: ProviderToken,
  key: PushKey,
): Promise<boolean> {
  if (key.publicKey === undefined) return false;
  const { compactVerify, importJWK } = await import('jose');
  try {
    await compactVerify(withPlainSignature(text), await importJWK({ ...key.publicKey }, 'ES256'), {
      algorithms: ['ES256'],
    });
  } catch {
    return false;
  }
  remember(organization, text, key);
  return true;
}

function remember(organization: Organization, text: string, key: PushKey): void {
  const tokens = verified.get(organization) ?? new Map<string, PushKey>();
  verified.set(organization, tokens);
  if (tokens.size >= MOST_VERIFIED) tokens.delete(tokens.keys().next().value!);
  tokens.set(text, key);
}

/** The token of an `authorization` header; undefined if it is missing, empty or of another scheme. */
export function bearerOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length < 8) return undefined;
  if (authorization.slice(0, 7).toLowerCase() !== 'bearer ') return undefined;
  const token = authorization.slice(7).trim();
  return token === '' ? undefined : token;
}
