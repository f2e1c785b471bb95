import { createServer as createPort, type Server, type Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { ClientCertificate } from '../core/client-certificate.ts';
import type { Connection, TlsPeer } from '../core/connection.ts';
import type { TransportLimits } from './bounds.ts';
import { readServerName } from './client-hello.ts';
import { connectionOf } from './connections.ts';
import { byFirstBytes } from './first-bytes.ts';
import { handshakeFailure } from './handshake-failure.ts';
import type { Http2Transport } from './http2/transport.ts';
import type { ServeHttp1 } from './plain.ts';
import type { Receiver } from './receiver.ts';
import { tlsAlert } from './tls-alert.ts';

export interface TlsTransportOptions {
  readonly receiver: Receiver;
  readonly bounds: TransportLimits;
  /** PEM; the chain begins with the server's own. */
  readonly certificate: string;
  readonly privateKey: string;
  readonly http1: ServeHttp1;
  readonly http2: Http2Transport;
  readonly readCertificate: (der: Uint8Array) => ClientCertificate | undefined;
}

export interface TlsTransport {
  /** A port that speaks every protocol over TLS; it listens nowhere yet. */
  createPort(): Server;
  /** Takes a connection in that came another way, as if it had come to that port. */
  accept(socket: Socket, port: number): void;
}

export function createTlsTransport(options: TlsTransportOptions): TlsTransport {
  const { receiver, bounds, http1, http2 } = options;
  const server = createServer({
    cert: options.certificate,
    key: options.privateKey,
    ALPNProtocols: ['h2', 'http/1.1'],
    minVersion: 'TLSv1.2',
    // Verified by the core, on the virtual clock. No authorities are named: clients would hold other certificates back.
    requestCert: true,
    rejectUnauthorized: false,
    handshakeTimeout: bounds.head,
  });
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ERR_TLS_HANDSHAKE_TIMEOUT') socket.destroy();
    const why = handshakeFailure(error);
    if (why !== undefined)
      receiver.connectionFailed({
        ended: 'handshake_failed',
        secure: true,
        serverName: serverName(socket),
        why,
      });
  });

  const begin = (socket: TLSSocket, protocol: Connection['protocol']): Connection =>
    connectionOf(socket, () => ({
      protocol,
      secure: true,
      serverName: serverName(socket),
      certificate: clientCertificate(socket, options.readCertificate),
    }));
  const serveHttp2 = (socket: TLSSocket): void => http2.accept(socket, begin(socket, 'h2'));
  const serveHttp1 = (socket: TLSSocket): void => {
    // A greeting of HTTP/1 can only be a refusal.
    if (receiver.onConnection(begin(socket, 'http/1.1')).kind === 'close') socket.destroy();
    else http1(socket);
  };
  server.on('secureConnection', (socket) => {
    switch (socket.alpnProtocol) {
      case 'h2':
        return serveHttp2(socket);
      case 'http/1.1':
        return serveHttp1(socket);
      default:
        // pushy and aioapns offer no ALPN and speak HTTP/2 all the same.
        return byFirstBytes(
          socket,
          { http1: () => serveHttp1(socket), http2: () => serveHttp2(socket) },
          bounds.head,
        );
    }
  });

  const accept = (socket: Socket, port: number): void => {
    beforeHandshake(socket, { port });
  };
  const beforeHandshake = (socket: Socket, peer: TlsPeer): void => {
    const decision = receiver.beforeHandshake(peer);
    switch (decision.kind) {
      case 'handshake':
        server.emit('connection', socket);
        break;
      case 'read_hello':
        readServerName(socket, bounds.head, (serverName) => beforeHandshake(socket, { ...peer, serverName }));
        break;
      case 'tls_alert':
        tlsAlert(socket, decision.alert, bounds.head);
        break;
      case 'reset':
        socket.resetAndDestroy();
        break;
      case 'empty_reply':
        socket.destroySoon();
        break;
      case 'stall':
        stall(socket, bounds.stall);
        break;
    }
  };
  return {
    accept,
    createPort: () =>
      createPort({ noDelay: true }, (socket) => {
        // Without a port of ours the peer is gone already.
        if (socket.localPort === undefined) socket.destroy();
        else accept(socket, socket.localPort);
      }),
  };
}

/** Open, and without a byte of ours. */
function stall(socket: Socket, patience: number): void {
  const timer = setTimeout(() => socket.destroy(), patience);
  socket.once('close', () => clearTimeout(timer));
  socket.on('error', () => {});
  socket.once('end', () => socket.destroy());
  socket.resume();
}

const serverName = ({ servername }: TLSSocket): string | undefined =>
  typeof servername === 'string' ? servername.toLowerCase() : undefined;

function clientCertificate(
  socket: TLSSocket,
  read: TlsTransportOptions['readCertificate'],
): ClientCertificate | undefined {
  const shown = socket.getPeerX509Certificate();
  return shown === undefined ? undefined : read(shown.raw);
}
