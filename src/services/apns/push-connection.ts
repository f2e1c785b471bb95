import type { Connection, ConnectionEffect } from '../../core/connection.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { Organization } from '../../organization/organization.ts';
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
  /** Virtual time until which every token is rejected after one that came too soon. */
  rejectsUntil: number;
  /** Whether the stream limit was raised after the first valid token. */
  widened: boolean;
  /** Whether a rejected push lowered the stream limit. */
  narrowed: boolean;
  rejections: number;
  goodbye: boolean;
  /** The newest `authorization` header and its token: clients repeat the header with every push. */
  authorization: string | undefined;
  token: ProviderToken | UnreadableToken | undefined;
  /** Keys of its certificate in the credential index. */
  readonly topics: readonly string[];
}

const known = new WeakMap<Connection, PushConnection>();

export function pushConnection(request: HttpRequest): PushConnection | undefined {
  const { connection } = request.transport;
  if (connection === undefined) return undefined;
  let kept = known.get(connection);
  if (kept === undefined) {
    kept = {
      firstKey: undefined,
      tokens: new Map(),
      rejectsUntil: 0,
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

/** The provider token of a request; undefined if it has none. */
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

const NOTHING: readonly ConnectionEffect[] = [];

const hasStreams = ({ transport: { connection } }: HttpRequest): boolean =>
  connection?.protocol === 'h2' && connection.secure;

/**
 * An accepted push raises the stream limit: the first one with a token
 * (https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns), and again
 * after a rejection that lowered the limit.
 */
export function effectsOfSuccess(
  { behavior }: Organization,
  request: HttpRequest,
): readonly ConnectionEffect[] {
  if (!hasStreams(request)) return NOTHING;
  const connection = pushConnection(request)!;
  if (connection.widened && !connection.narrowed) return NOTHING;
  connection.widened = true;
  connection.narrowed = false;
  return [{ kind: 'stream_limit', maxConcurrentStreams: behavior.apns.max_concurrent_streams }];
}

/** A rejected push may lower the stream limit; too many end the connection. 410 does not count. */
export function effectsOfRejection(
  { behavior }: Organization,
  request: HttpRequest,
  status: number,
): readonly ConnectionEffect[] {
  const { streams_drop_after_rejection, errors_per_connection } = behavior.apns;
  if (!streams_drop_after_rejection && errors_per_connection === 0) return NOTHING;
  if (status < 400 || status >= 500 || status === 410) return NOTHING;
  const connection = pushConnection(request);
  if (connection === undefined) return NOTHING;
  const effects: ConnectionEffect[] = [];
  connection.rejections += 1;
  if (streams_drop_after_rejection && hasStreams(request) && !connection.narrowed) {
    connection.narrowed = true;
    effects.push({ kind: 'stream_limit', maxConcurrentStreams: 1 });
  }
  const tooMany = errors_per_connection > 0 && connection.rejections > errors_per_connection;
  if (tooMany && !connection.goodbye) {
    connection.goodbye = true;
    effects.push({ kind: 'goaway', reason: 'TooManyRequests' });
  }
  return effects;
}
