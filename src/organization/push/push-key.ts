import type { PushEnvironment } from '../../core/push-environment.ts';

/** The public half of a P-256 key. */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

/**
 * A key for provider tokens, as the developer portal keeps it:
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
  /** Undefined until the portal hands the private key out. */
  readonly publicKey: PublicJwk | undefined;
  readonly revoked: boolean;
}
