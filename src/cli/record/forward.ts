import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { rootCertificates } from 'node:tls';
import { explained, type Outcome, respond } from '../../core/outcome.ts';
import type { HeaderFields, HttpRequest } from '../../core/request.ts';
import type { UpstreamAnswer } from '../../recording/recorder.ts';

/** They belong to one connection (RFC 9110 section 7.6.1), or to how a body is framed on it. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
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

const PATIENCE = 60_000;

const endToEnd = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || OF_THE_CONNECTION.has(name) ? [] : [[name, String(value)]],
    ),
  );

/** `Host` stays what the client named: signatures are over the URL that it saw. */
const forwardedHeaders = (
  headers: HeaderFields,
  { authority, body }: HttpRequest,
): Record<string, string> => ({
  ...endToEnd(headers),
  host: authority,
  // What is compressed could not be read here.
  'accept-encoding': 'identity',
  ...(body.length === 0 ? {} : { 'content-length': String(body.length) }),
});

/**
 * Hands requests on to an upstream, and what it answers to `seen`.
 *
 * @param authorities certificates in PEM that are trusted beside the usual ones
 */
export function createForward(
  upstream: string,
  seen: (request: HttpRequest, answer: UpstreamAnswer) => void,
  authorities?: string,
): (request: HttpRequest) => Promise<Outcome> {
  const { protocol, hostname, port, pathname } = new URL(upstream);
  const ask = protocol === 'https:' ? httpsRequest : httpRequest;
  const trusted = authorities === undefined ? {} : { ca: [...rootCertificates, authorities] };
  const below = pathname.replace(/\/+$/, '');

  const answerOf = (request: HttpRequest): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { method, path, query, headers, body } = request;
      const asking = ask({
        method,
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        path: `${below}${path}${query === '' ? '' : `?${query}`}`,
        headers: forwardedHeaders(headers, request),
        timeout: PATIENCE,
        ...trusted,
      });
      asking.once('response', resolve);
      asking.once('error', reject);
      asking.once('timeout', () => asking.destroy(new Error(`no answer within ${PATIENCE} ms`)));
      asking.end(body);
    });

  return async (request) => {
    try {
      const answer = await answerOf(request);
      const status = answer.statusCode!;
      const headers = endToEnd(answer.headers);
      // It does not end, and has nothing for a scenario.
      if (headers['content-type']?.startsWith('text/event-stream')) return respond(status, headers, answer);
      const body = await buffer(answer);
      seen(request, { status, body });
      return respond(status, headers, body);
    } catch (error) {
      const why = `the upstream ${upstream} cannot be asked: ${(error as Error).message}`;
      return explained(respond(502, { 'content-type': 'text/plain' }, `${why}\n`), why);
    }
  };
}
