import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { detectProtocol } from './first-bytes.ts';
import type { Http2Transport } from './http2/transport.ts';
import { plainConnection } from './listener.ts';
import type { TransportLimits } from './receiver.ts';

/** Hands a socket to an HTTP/1 server that did not accept it itself. */
export type ServeHttp1 = (socket: Socket) => void;

/**
 * Makes an HTTP/1 server speak HTTP/2 as well, depending on the first bytes of each connection (h2c with prior knowledge).
 *
 * @returns hands sockets to the HTTP/1 server, whose timeouts apply to them, over TLS too
 */
export function addHttp2(server: Server, transport: Http2Transport, limits: TransportLimits): ServeHttp1 {
  const listeners = server.listeners('connection');
  server.removeAllListeners('connection');
  const http1: ServeHttp1 = (socket) => {
    for (const listener of listeners) listener.call(server, socket);
  };
  const http2 = (socket: Socket): void => {
    // An HTTP/1 client may end its side and wait for the response. An HTTP/2 client that does so has left.
    socket.allowHalfOpen = false;
    transport.accept(socket, plainConnection(socket, 'h2'));
  };
  server.on('connection', (socket: Socket) => detectProtocol(socket, { http1, http2 }, limits.head));
  return http1;
}
