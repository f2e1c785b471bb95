import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { rootCertificates } from 'node:tls';
import { explained, type Outcome, respond } from '../../core/outcome.ts';
import type { HeaderFields, HttpRequest } from '../../core/request.ts';
import type { UpstreamResponse } from '../../recording/recorder.ts';

/** Hop-by-hop fields (RFC 9110 section 7.6.1), and fields that describe the framing of a body. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Real milliseconds. */
const TIMEOUT = 60_000;

const endToEnd = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || HOP_BY_HOP.has(name) ? [] : [[name, String(value)]],
    ),
  );

/** Keeps the `Host` of the client: the signature covers the URL that the client used. */
const forwardedHeaders = (
  headers: HeaderFields,
  { authority, body }: HttpRequest,
): Record<string, string> => ({
  ...endToEnd(headers),
  host: authority,
  // A compressed response could not be recorded.
  'accept-encoding': 'identity',
  ...(body.length === 0 ? {} : { 'content-length': String(body.length) }),
});

/**
 * Forwards requests to an upstream.
 *
 * @param onResponse receives every complete response
 * @param authorities additional CA certificates in PEM
 */
export function createForward(
  upstream: string,
  onResponse: (request: HttpRequest, response: UpstreamResponse) => void,
  authorities?: string,
): (request: HttpRequest) => Promise<Outcome> {
  const { protocol, hostname, port, pathname } = new URL(upstream);
  const send = protocol === 'https:' ? httpsRequest : httpRequest;
  const trusted = authorities === undefined ? {} : { ca: [...rootCertificates, authorities] };
  const basePath = pathname.replace(/\/+$/, '');

  const responseTo = (request: HttpRequest): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { method, path, query, headers, body } = request;
      const outgoing = send({
        method,
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        path: `${basePath}${path}${query === '' ? '' : `?${query}`}`,
        headers: forwardedHeaders(headers, request),
        timeout: TIMEOUT,
        ...trusted,
      });
      outgoing.once('response', resolve);
      outgoing.once('error', reject);
      outgoing.once('timeout', () => outgoing.destroy(new Error(`no response within ${TIMEOUT} ms`)));
      outgoing.end(body);
    });

  return async (request) => {
    try {
      const response = await responseTo(request);
      const status = response.statusCode!;
      const headers = endToEnd(response.headers);
      // An event stream does not end, and a scenario has no use for it.
      if (headers['content-type']?.startsWith('text/event-stream')) return respond(status, headers, response);
      const body = await buffer(response);
      onResponse(request, { status, body });
      return respond(status, headers, body);
    } catch (error) {
      const why = `the request to the upstream ${upstream} failed: ${(error as Error).message}`;
      return explained(respond(502, { 'content-type': 'text/plain' }, `${why}\n`), why);
    }
  };
}
