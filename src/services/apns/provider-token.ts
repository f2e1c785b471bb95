import type { PushKey } from '../../organization/push/push-key.ts';
import { keyCredential } from './credentials.ts';
import { withPlainSignature } from './der-signature.ts';

/** A provider token as it was sent: https://datatracker.ietf.org/doc/html/rfc7519 with `kid`, `iss` and `iat`. */
export interface ProviderToken {
  readonly kind: 'token';
  readonly text: string;
  readonly keyId: string;
  /** Of its key, in the register of organizations. */
  readonly credential: string;
  readonly teamId: string;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  /** The key by which the signature was found good. */
  verifiedBy: PushKey | undefined;
}

/** In plain words what is wrong with a token that cannot be read. */
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

/** https://developer.apple.com/documentation/usernotifications/establishing-a-token-based-connection-to-apns */
function read(text: string): ProviderToken | UnreadableToken {
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
    verifiedBy: undefined,
  };
}

/** Enough for every key of every sender at a time. */
const REMEMBERED = 1000;

const LONGEST = 4096;

const remembered = new Map<string, ProviderToken | UnreadableToken>();

/** Reads a token once; the same text gives the same object, so that what is known of it stays known. */
export function readProviderToken(text: string): ProviderToken | UnreadableToken {
  const kept = remembered.get(text);
  if (kept !== undefined) return kept;
  if (text.length > LONGEST) return unreadable(`the provider token has ${text.length} characters`);
  const token = read(text);
  if (remembered.size >= REMEMBERED) {
    for (const oldest of remembered.keys()) {
      remembered.delete(oldest);
      break;
    }
  }
  remembered.set(text, token);
  return token;
}

/** Whether the signature is of this key. */
export async function verifySignature(token: ProviderToken, key: PushKey): Promise<boolean> {
  if (key.publicKey === undefined) return false;
  const { compactVerify, importJWK } = await import('jose');
  try {
    await compactVerify(withPlainSignature(token.text), await importJWK({ ...key.publicKey }, 'ES256'), {
      algorithms: ['ES256'],
    });
  } catch {
    return false;
  }
  token.verifiedBy = key;
  return true;
}

/** The token of an `authorization` header; undefined where there is none, empty or of another scheme. */
export function bearerOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length < 8) return undefined;
  if (authorization.slice(0, 7).toLowerCase() !== 'bearer ') return undefined;
  const token = authorization.slice(7).trim();
  return token === '' ? undefined : token;
}
