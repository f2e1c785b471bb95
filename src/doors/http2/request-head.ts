import type { Connection } from '../../http/connection.ts';
import type { HttpRequest } from '../../http/request.ts';
import { headerFieldsOn } from '../header-fields.ts';

const NO_BODY = new Uint8Array();

/** The pseudo-header fields of a request, which nghttp2 has checked (RFC 9113 section 8.3.1). */
export interface PseudoFields {
  readonly ':method'?: string | undefined;
  readonly ':path'?: string | undefined;
  readonly ':scheme'?: string | undefined;
  readonly ':authority'?: string | undefined;
}

/** A request whose body is still to come. */
export interface RequestHead extends HttpRequest {
  body: Uint8Array;
}

/** As RFC 9113 section 6.5.2 counts it. */
export const headerListSize = (raw: readonly string[]): number =>
  raw.reduce((size, text) => size + text.length, 16 * raw.length);

export function requestHead(
  pseudo: PseudoFields,
  raw: readonly string[],
  entrance: HttpRequest['entrance'] & { readonly connection: Connection },
): RequestHead {
  const { headers, repeated } = headerFieldsOn(entrance.connection, raw);
  const target = pseudo[':path'] ?? '';
  const question = target.indexOf('?');
  return {
    method: pseudo[':method'] ?? '',
    scheme: entrance.connection.secure ? 'https' : 'http',
    // aioapns sends a host field in its place (https://github.com/Fatal1ty/aioapns/blob/master/aioapns/connection.py).
    authority: pseudo[':authority'] ?? headers.host ?? '',
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? '' : target.slice(question + 1),
    headers,
    repeated,
    body: NO_BODY,
    entrance,
  };
}
