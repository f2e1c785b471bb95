import type { Connection } from '../../core/connection.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { PushKey } from '../../organization/push/push-key.ts';
import { topicCredential } from './credentials.ts';
import { bearerOf, type ProviderToken, readProviderToken, type UnreadableToken } from './provider-token.ts';

/** The token that a key sends on a connection now. */
export interface CurrentToken {
  readonly token: string;
  /** Virtual time, milliseconds since the epoch. */
  readonly since: number;
}

/** What the push service remembers of a connection. */
export interface PushConnection {
  /** The key of the first valid provider token: it binds its team to the connection. */
  firstKey: PushKey | undefined;
  readonly tokens: Map<string, CurrentToken>;
  /** Virtual time until which every token is refused after one that came too soon. */
  refusedUntil: number;
  /** Whether the client was told that it may have more streams than at first. */
  widened: boolean;
  /** Whether the stream limit fell with a rejected push. */
  narrowed: boolean;
  rejections: number;
  goodbye: boolean;
  /** The newest `authorization` header and what it says: senders repeat it with every push. */
  authorization: string | undefined;
  token: ProviderToken | UnreadableToken | undefined;
  /** Credentials of its certificate in the register of organizations. */
  readonly topics: readonly string[];
}

const known = new WeakMap<Connection, PushConnection>();

export function pushConnection(request: HttpRequest): PushConnection | undefined {
  const { connection } = request.entrance;
  if (connection === undefined) return undefined;
  let kept = known.get(connection);
  if (kept === undefined) {
    kept = {
      firstKey: undefined,
      tokens: new Map(),
      refusedUntil: 0,
      widened: false,
      narrowed: false,
      rejections: 0,
      goodbye: false,
      authorization: undefined,
      token: undefined,
      topics: (connection.certificate?.topics ?? []).map(topicCredential),
    };
    known.set(connection, kept);
  }
  return kept;
}

/** The provider token that a request carries; undefined without any. */
export function sentToken(request: HttpRequest): ProviderToken | UnreadableToken | undefined {
  const { authorization } = request.headers;
  if (authorization === undefined) return undefined;
  const connection = pushConnection(request);
  if (connection !== undefined && connection.authorization === authorization) return connection.token;
  const bearer = bearerOf(authorization);
  const token = bearer === undefined ? undefined : readProviderToken(bearer);
  if (connection !== undefined) {
    connection.authorization = authorization;
    connection.token = token;
  }
  return token;
}
