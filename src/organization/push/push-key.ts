import type { PushEnvironment } from '../../core/push-environment.ts';

/** The public half of a P-256 key. */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

/**
 * A key for provider tokens, as in the developer portal:
 * https://developer.apple.com/documentation/usernotifications/establishing-a-token-based-connection-to-apns
 */
export interface PushKey {
  /** Ten characters. */
  readonly keyId: string;
  readonly teamId: string;
  readonly environment: PushEnvironment | 'both';
  /** Undefined: team-scoped, any topic of the team. */
  readonly topics: readonly string[] | undefined;
  /** The one other topic-specific key that may be mixed with it on one connection. */
  readonly relatedKey: string | undefined;
  /** Undefined until the portal issues the private key. */
  readonly publicKey: PublicJwk | undefined;
  readonly revoked: boolean;
}

/** A key in a scenario file. Members that are left out derive from the seed. */
export type PushKeyDefinition = {
  readonly [Name in keyof PushKey]?: PushKey[Name] | undefined;
};

/** `push:` of a scenario. */
export interface PushDefinition {
  readonly topic?: string | undefined;
  readonly teamId?: string | undefined;
  readonly revokedCertificates?: readonly string[] | undefined;
  readonly revokedTopics?: readonly string[] | undefined;
  /** One team-scoped key for both environments if not given. */
  readonly keys?: readonly PushKeyDefinition[] | undefined;
}

/** Start of the SubjectPublicKeyInfo of every P-256 key, up to its point: RFC 5480. */
const P256_HEAD = '3059301306072a8648ce3d020106082a8648ce3d03010703420004';

const COORDINATE = 64;

const hexOf = (binary: string): string =>
  [...binary].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');

function base64url(hex: string): string {
  const bytes = hex.match(/../g)?.map((pair) => String.fromCharCode(Number.parseInt(pair, 16))) ?? [];
  return btoa(bytes.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The P-256 key of a `PUBLIC KEY` in PEM; undefined for anything else. */
export function publicKeyOf(pem: string): PublicJwk | undefined {
  const body = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----/.exec(pem)?.[1];
  if (body === undefined) return undefined;
  try {
    const hex = hexOf(atob(body.replace(/\s+/g, '')));
    if (!hex.startsWith(P256_HEAD) || hex.length !== P256_HEAD.length + 2 * COORDINATE) return undefined;
    const x = hex.slice(P256_HEAD.length, P256_HEAD.length + COORDINATE);
    return { kty: 'EC', crv: 'P-256', x: base64url(x), y: base64url(hex.slice(-COORDINATE)) };
  } catch {
    return undefined;
  }
}

const hexOfBase64url = (text: string): string => hexOf(atob(text.replaceAll('-', '+').replaceAll('_', '/')));

/** The key as a `PUBLIC KEY` in PEM. */
export function pemOf({ x, y }: PublicJwk): string {
  const hex = P256_HEAD + hexOfBase64url(x) + hexOfBase64url(y);
  const body = base64url(hex).replaceAll('-', '+').replaceAll('_', '/');
  const padded = body.padEnd(Math.ceil(body.length / 4) * 4, '=');
  return `-----BEGIN PUBLIC KEY-----\n${padded.match(/.{1,64}/g)!.join('\n')}\n-----END PUBLIC KEY-----\n`;
}
