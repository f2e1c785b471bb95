import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { Response } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import { HANDSHAKE } from '../client-hello.ts';
import type { Receiver } from '../receiver.ts';

interface ParserError extends NodeJS.ErrnoException {
  /** What came last before the parser gave up. */
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

const LONGEST_LINE = 4096;

const NO_BODY = new Uint8Array();

/**
 * Tells the receiver of what Node refuses before there is a request: without that, whoever sends a header that is too
 * large, or none that is HTTP, would find it nowhere.
 */
export function tellOfRefusedHeads(server: Server, receiver: Receiver, transport: string): void {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on('request', ({ socket }: IncomingMessage, response) => latest.set(socket, response));
  server.on('clientError', (error: ParserError, socket) => {
    const before = latest.get(socket);
    // One that broke off in its body has told of itself.
    const inBody = before?.req.complete === false;
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy(error);
      return;
    }
    const status = STATUS[error.code ?? ''] ?? 400;
    const answer = inBody
      ? undefined
      : receiver.refuse(headOf(error, socket, transport), status, whyOf(error));
    // Neither in the middle of an answer nor in the place of the one before.
    const isFree = before === undefined || before.writableFinished || (inBody && !before.headersSent);
    if (isFree) socket.write(wireText(status, answer));
    socket.destroy(error);
  });
}

/** As much of it as can be read. */
function headOf({ rawPacket }: ParserError, socket: Duplex, transport: string): HttpRequest {
  const text = rawPacket === undefined ? '' : Buffer.from(rawPacket).toString('latin1', 0, LONGEST_LINE);
  const [, method = '-', path = '-', query = ''] = REQUEST_LINE.exec(text) ?? [];
  return {
    method,
    scheme: socket instanceof TLSSocket ? 'https' : 'http',
    authority: '',
    path,
    query,
    headers: {},
    body: NO_BODY,
    entrance: { transport },
  };
}

function whyOf({ code, reason, message, rawPacket }: ParserError): string {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return 'the request line and the header fields are too large';
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'the header fields did not come to their end in time';
    default:
      if (rawPacket?.[0] === HANDSHAKE)
        return 'this is TLS, and the port speaks none: begin its base URL with http://, or take the TLS port';
      return `this is no request of HTTP/1: ${reason ?? message}`;
  }
}

function wireText(status: number, answer: Response | undefined): string {
  const fields = Object.entries(answer?.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${PHRASES[status]}\r\n${fields.join('')}Connection: close\r\n\r\n`;
}
