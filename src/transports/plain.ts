import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { TransportLimits } from './bounds.ts';
import { connectionOf } from './connections.ts';
import { byFirstBytes } from './first-bytes.ts';
import type { Http2Transport } from './http2/transport.ts';

/** A way to hand a socket to an HTTP/1 server that did not accept it itself. */
export type ServeHttp1 = (socket: Socket) => void;

/**
 * Lets an HTTP/1 server speak HTTP/2 as well, by the first bytes of each connection (h2c with prior knowledge). It
 * stays the one that listens: its time-outs run for every socket that it is handed, over TLS too.
 */
export function addHttp2(server: Server, transport: Http2Transport, bounds: TransportLimits): ServeHttp1 {
  const listeners = server.listeners('connection');
  server.removeAllListeners('connection');
  const http1: ServeHttp1 = (socket) => {
    for (const listener of listeners) listener.call(server, socket);
  };
  const http2 = (socket: Socket): void => {
    // HTTP/1 reads on to the answer where its client sends no more; a client of HTTP/2 that does so has left.
    socket.allowHalfOpen = false;
    transport.accept(
      socket,
      connectionOf(socket, () => ({
        protocol: 'h2',
        secure: false,
        serverName: undefined,
        certificate: undefined,
      })),
    );
  };
  server.on('connection', (socket: Socket) => byFirstBytes(socket, { http1, http2 }, bounds.head));
  return http1;
}
