import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { Response } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import { HANDSHAKE } from '../first-bytes.ts';
import type { RequestReceiver, TransportLimits } from '../receiver.ts';
import type { Http1Handler } from './handler.ts';

/** How often Node looks for expired connections, in milliseconds. */
const CHECKING_INTERVAL = 2000;

/** An HTTP/1 server that closes slow senders and idle connections. Does not listen yet. */
export function createHttp1Server(handler: Http1Handler, limits: TransportLimits): Server {
  return createServer(
    {
      headersTimeout: Math.min(limits.head, limits.request),
      requestTimeout: limits.request,
      keepAliveTimeout: limits.idle,
      connectionsCheckingInterval: Math.min(CHECKING_INTERVAL, limits.head),
      // The handler rejects these requests, so they are in the journal.
      requireHostHeader: false,
      noDelay: true,
    },
    handler,
  );
}

interface ParserError extends NodeJS.ErrnoException {
  /** The last bytes before the parser gave up. */
  readonly rawPacket?: Uint8Array;
  readonly reason?: string;
}

const STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

const PHRASES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  413: 'Payload Too Large',
  431: 'Request Header Fields Too Large',
};

const REQUEST_LINE = /^([A-Z]+) (\/[^\s?]*)(?:\?(\S*))? HTTP\/1\.[01]\r?\n/;

const MAX_LINE = 4096;

const NO_BODY = new Uint8Array();

/**
 * Reports the requests that Node rejects before there is a request object. Otherwise a client whose header is too large,
 * or whose bytes are not HTTP, would leave no trace in the journal.
 */
export function reportRejectedRequests(server: Server, receiver: RequestReceiver, transport: string): void {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on('request', ({ socket }: IncomingMessage, response) => latest.set(socket, response));
  server.on('clientError', (error: ParserError, socket) => {
    const previous = latest.get(socket);
    // A request that fails in its body is reported by its handler.
    const inBody = previous?.req.complete === false;
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy(error);
      return;
    }
    const status = STATUS[error.code ?? ''] ?? 400;
    const response = inBody
      ? undefined
      : receiver.reject(headOf(error, socket, transport), status, whyOf(error));
    // Not in the middle of a response, and not in place of the previous one.
    const isFree = previous === undefined || previous.writableFinished || (inBody && !previous.headersSent);
    if (isFree) socket.write(wireText(status, response));
    socket.destroy(error);
  });
}

/** As much of the request as can be read. */
function headOf({ rawPacket }: ParserError, socket: Duplex, transport: string): HttpRequest {
  const text = rawPacket === undefined ? '' : Buffer.from(rawPacket).toString('latin1', 0, MAX_LINE);
  const [, method = '-', path = '-', query = ''] = REQUEST_LINE.exec(text) ?? [];
  return {
    method,
    scheme: socket instanceof TLSSocket ? 'https' : 'http',
    authority: '',
    path,
    query,
    headers: {},
    body: NO_BODY,
    transport: { name: transport },
  };
}

function whyOf({ code, reason, message, rawPacket }: ParserError): string {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return 'the request line and the header fields are too large';
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'the header fields did not end in time';
    default:
      if (rawPacket?.[0] === HANDSHAKE)
        return 'the client sent TLS to the plain port; use a base URL that begins with http://, or the TLS port';
      return `this is not an HTTP/1 request: ${reason ?? message}`;
  }
}

function wireText(status: number, response: Response | undefined): string {
  const fields = Object.entries(response?.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${PHRASES[status]}\r\n${fields.join('')}Connection: close\r\n\r\n`;
}
