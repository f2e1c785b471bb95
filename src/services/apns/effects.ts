import type { ConnectionEffect } from '../../core/connection.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { Organization } from '../../organization/organization.ts';
import { pushConnection } from './push-connection.ts';

const NOTHING: readonly ConnectionEffect[] = [];

const hasStreams = ({ entrance: { connection } }: HttpRequest): boolean =>
  connection?.protocol === 'h2' && connection.secure;

/**
 * A good push lets a client have all of its streams: at the first one with a token
 * (https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns), and again
 * after a rejection where that narrowed them.
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

/** A rejected push may cost streams, and too many of them the connection. 410 counts for nothing. */
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
