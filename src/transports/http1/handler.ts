import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import type { Outcome } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import { headerFieldsOn } from '../header-fields.ts';
import { plainConnection } from '../listener.ts';
import type { RequestReceiver, TransportLimits } from '../receiver.ts';
import { performOutcome } from './perform-outcome.ts';

/** A request listener of `node:http`, as `http.createServer(handler)` takes it. */
export type Http1Handler = (message: IncomingMessage, response: ServerResponse) => void;

/** Hands HTTP/1 requests to the receiver as values and performs their outcomes. */
export function createHttp1Handler(
  receiver: RequestReceiver,
  limits: TransportLimits,
  transport: string,
): Http1Handler {
  return (message, response) => {
    const head = requestHead(message, transport);
    const perform = (outcome: Outcome): void =>
      performOutcome(outcome, response, limits, (text) => receiver.notice(head, text));

    const handle = (request: HttpRequest): void => {
      const outcome = receiver.handle(request);
      if (outcome instanceof Promise) void outcome.then(perform);
      else perform(outcome);
    };

    const problem = hostProblem(head, message.httpVersion);
    if (problem !== undefined) {
      message.resume();
      perform(receiver.reject(head, 400, problem));
      return;
    }
    const parsed = parsedBefore(message);
    if (parsed !== undefined) {
      handle({ ...head, body: parsed });
      return;
    }
    collectBody(message, { ...framing(head), limit: limits.body }, (collected) => {
      switch (collected.kind) {
        case 'complete': {
          const request = collected.bytes.length === 0 ? head : { ...head, body: collected.bytes };
          handle(request);
          break;
        }
        case 'too_large':
          perform(receiver.reject(head, 413, `the body is larger than ${limits.body} bytes`));
          break;
        case 'incomplete':
          receiver.aborted({ ...head, body: collected.bytes }, reasonOfAbort(message));
      }
    });
  };
}

const NO_BODY = new Uint8Array();

/** `GET http://host/path HTTP/1.1`: RFC 9112 section 3.2.2. */
const ABSOLUTE_FORM = /^(https?):\/\/(?:[^/?#@]*@)?([^/?#@]+)([^?#]*)/i;

/** A request without its body. */
function requestHead(message: IncomingMessage, transport: string): HttpRequest {
  const target = message.url ?? '/';
  const connection = plainConnection(message.socket, 'http/1.1');
  const { headers, repeated } = headerFieldsOn(connection, message.rawHeaders);
  const absolute = target.startsWith('/') ? null : ABSOLUTE_FORM.exec(target);
  const question = target.indexOf('?');
  const [, scheme, authority, path] = absolute ?? [];
  const secure = scheme === undefined ? 'encrypted' in message.socket : scheme.toLowerCase() === 'https';
  return {
    method: message.method ?? '',
    scheme: secure ? 'https' : 'http',
    authority: authority ?? headers.host ?? ownAuthority(message),
    path: path === undefined ? (question < 0 ? target : target.slice(0, question)) : path || '/',
    query: question < 0 ? '' : target.slice(question + 1),
    headers,
    repeated,
    mount: mountOf(message),
    body: NO_BODY,
    transport: { name: transport, connection },
  };
}

/** The path below which Express, or another app that takes its middleware, has mounted the handler. */
function mountOf(message: IncomingMessage & { baseUrl?: string; originalUrl?: string }): string | undefined {
  const { baseUrl = '', originalUrl = '', url = '' } = message;
  if (baseUrl !== '') return baseUrl;
  const length = originalUrl.length - url.length;
  return length > 0 && originalUrl.endsWith(url) ? originalUrl.slice(0, length) : undefined;
}

/** The authority of an HTTP/1.0 request without Host: the address that it was sent to. */
function ownAuthority({ socket }: IncomingMessage): string {
  const { address, family, port } = socket.address() as Partial<AddressInfo>;
  if (address === undefined) return '';
  return `${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Why a request is invalid by RFC 9112 section 3.2; undefined if it is valid. */
function hostProblem({ headers, repeated }: HttpRequest, httpVersion: string): string | undefined {
  if (repeated?.includes('host')) return 'the request has several Host header fields';
  return headers.host === undefined && httpVersion === '1.1'
    ? 'the request has no Host header field'
    : undefined;
}

type CollectedBody =
  | { readonly kind: 'complete'; readonly bytes: Uint8Array }
  | { readonly kind: 'too_large' }
  /** The sender disconnected after these bytes. */
  | { readonly kind: 'incomplete'; readonly bytes: Uint8Array };

const EMPTY: CollectedBody = { kind: 'complete', bytes: new Uint8Array() };

interface CollectOptions {
  /** The `content-length`, if there is one. */
  readonly declared: number | undefined;
  /** Whether the length is open, as in chunked encoding. */
  readonly open: boolean;
  /** In bytes. */
  readonly limit: number;
}

/** Reads a request body to its end or up to the limit. Calls `done` once, synchronously if there is no body. */
function collectBody(
  stream: Readable,
  { declared, open, limit }: CollectOptions,
  done: (collected: CollectedBody) => void,
): void {
  if (stream.readableEnded || (declared === undefined ? !open : declared === 0)) {
    done(EMPTY);
    return;
  }
  // A body that is too large is read and dropped: a client that is still sending would not see the response.
  if (declared !== undefined && declared > limit) {
    stream.resume();
    done({ kind: 'too_large' });
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  const finish = (collected: CollectedBody): void => {
    stream.off('data', onData).off('end', onEnd).off('close', onClose);
    done(collected);
  };
  const onData = (chunk: Buffer): void => {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else finish({ kind: 'too_large' });
  };
  const onEnd = (): void => finish({ kind: 'complete', bytes: joined(chunks, length) });
  const onClose = (): void => finish({ kind: 'incomplete', bytes: joined(chunks, length) });
  stream.on('data', onData).on('end', onEnd).on('close', onClose);
  // A broken connection emits both error and close.
  stream.on('error', () => {});
}

const joined = (chunks: readonly Buffer[], length: number): Uint8Array =>
  chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length);

const encoder = new TextEncoder();

/** The body if an Express app has parsed it before this handler, in the form that the app made of it. */
function parsedBefore(message: IncomingMessage & { body?: unknown }): Uint8Array | undefined {
  const { body } = message;
  if (body === undefined || !message.readableEnded) return undefined;
  if (body instanceof Uint8Array) return body;
  return encoder.encode(typeof body === 'string' ? body : JSON.stringify(body));
}

function framing({ headers }: HttpRequest): { declared: number | undefined; open: boolean } {
  const length = headers['content-length'];
  return {
    declared: length === undefined ? undefined : Number.parseInt(length, 10),
    open: headers['transfer-encoding'] !== undefined,
  };
}

/** Why a request was aborted, by the error with which Node closed its connection. */
function reasonOfAbort({ socket }: IncomingMessage): string {
  const code = (socket.errored as NodeJS.ErrnoException | null)?.code;
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'client_stalled';
  return code?.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE' ? 'bad_framing' : 'client_gone';
}
