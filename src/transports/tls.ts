import { createServer as createPort, type Server, type Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { ClientCertificate } from '../core/client-certificate.ts';
import type { Connection, TlsPeer } from '../core/connection.ts';
import { detectProtocol, readServerName } from './first-bytes.ts';
import type { Http2Transport } from './http2/transport.ts';
import { connectionOf } from './listener.ts';
import type { ServeHttp1 } from './plain.ts';
import type { RequestReceiver, TransportLimits } from './receiver.ts';

export interface TlsTransportOptions {
  readonly receiver: RequestReceiver;
  readonly limits: TransportLimits;
  /** PEM; the chain begins with the server's own certificate. */
  readonly certificate: string;
  readonly privateKey: string;
  readonly http1: ServeHttp1;
  readonly http2: Http2Transport;
  readonly readCertificate: (der: Uint8Array) => ClientCertificate | undefined;
}

export interface TlsTransport {
  /** A port that speaks HTTP/2 and HTTP/1.1 over TLS. Does not listen yet. */
  createPort(): Server;
  /** Accepts a connection that was made in another way, as if it had been made to that port. */
  accept(socket: Socket, port: number): void;
}

export function createTlsTransport(options: TlsTransportOptions): TlsTransport {
  const { receiver, limits, http1, http2 } = options;
  const server = createServer({
    cert: options.certificate,
    key: options.privateKey,
    ALPNProtocols: ['h2', 'http/1.1'],
    minVersion: 'TLSv1.2',
    // The engine verifies certificates, on the virtual clock. No authorities are named: clients would withhold others.
    requestCert: true,
    rejectUnauthorized: false,
    handshakeTimeout: limits.head,
  });
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ERR_TLS_HANDSHAKE_TIMEOUT') socket.destroy();
    const why = handshakeFailure(error);
    if (why !== undefined)
      receiver.connectionFailed({
        ended: 'handshake_failed',
        secure: true,
        serverName: serverNameOf(socket),
        why,
      });
  });

  const connectionFor = (socket: TLSSocket, protocol: Connection['protocol']): Connection =>
    connectionOf(socket, () => ({
      protocol,
      secure: true,
      serverName: serverNameOf(socket),
      certificate: clientCertificate(socket, options.readCertificate),
    }));
  const serveHttp2 = (socket: TLSSocket): void => http2.accept(socket, connectionFor(socket, 'h2'));
  const serveHttp1 = (socket: TLSSocket): void => {
    if (receiver.onConnection(connectionFor(socket, 'http/1.1')).kind === 'close') socket.destroy();
    else http1(socket);
  };
  server.on('secureConnection', (socket) => {
    switch (socket.alpnProtocol) {
      case 'h2':
        return serveHttp2(socket);
      case 'http/1.1':
        return serveHttp1(socket);
      default:
        // pushy and aioapns speak HTTP/2 without offering ALPN.
        return detectProtocol(
          socket,
          { http1: () => serveHttp1(socket), http2: () => serveHttp2(socket) },
          limits.head,
        );
    }
  });

  const decide = (socket: Socket, peer: TlsPeer): void => {
    const decision = receiver.beforeHandshake(peer);
    switch (decision.kind) {
      case 'handshake':
        server.emit('connection', socket);
        break;
      case 'read_hello':
        readServerName(socket, limits.head, (serverName) => decide(socket, { ...peer, serverName }));
        break;
      case 'tls_alert':
        sendAlert(socket, decision.alert, limits.head);
        break;
      case 'reset':
        socket.resetAndDestroy();
        break;
      case 'empty_reply':
        socket.destroySoon();
        break;
      case 'stall':
        stall(socket, limits.stall);
        break;
    }
  };
  const accept = (socket: Socket, port: number): void => decide(socket, { port });
  return {
    accept,
    createPort: () =>
      createPort({ noDelay: true }, (socket) => {
        // The peer has disconnected already.
        if (socket.localPort === undefined) socket.destroy();
        else accept(socket, socket.localPort);
      }),
  };
}

const ALERT = 0x15;
const FATAL = 0x02;

/**
 * Answers a ClientHello with a fatal alert (RFC 8446 section 6), which Node itself never chooses. It is sent before any
 * certificate; clients report it all the same: Go `remote error: tls: expired certificate`.
 */
function sendAlert(socket: Socket, alert: number, timeout: number): void {
  const timer = setTimeout(() => socket.destroy(), timeout);
  socket.once('close', () => clearTimeout(timer));
  socket.on('error', () => {});
  socket.once('data', () => socket.end(Uint8Array.of(ALERT, 0x03, 0x03, 0x00, 0x02, FATAL, alert)));
  socket.once('end', () => socket.destroy());
}

/** Keeps the connection open and sends nothing. */
function stall(socket: Socket, timeout: number): void {
  const timer = setTimeout(() => socket.destroy(), timeout);
  socket.once('close', () => clearTimeout(timer));
  socket.on('error', () => {});
  socket.once('end', () => socket.destroy());
  socket.resume();
}

const serverNameOf = ({ servername }: TLSSocket): string | undefined =>
  typeof servername === 'string' ? servername.toLowerCase() : undefined;

function clientCertificate(
  socket: TLSSocket,
  read: TlsTransportOptions['readCertificate'],
): ClientCertificate | undefined {
  const certificate = socket.getPeerX509Certificate();
  return certificate === undefined ? undefined : read(certificate.raw);
}

const NO_TRUST =
  'the client does not trust the certificate of this server; `crabapple env` prints the variables that make it trust it';

/** By the code that Node derives from OpenSSL's reason. */
const REASONS: Readonly<Record<string, string>> = {
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: NO_TRUST,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: NO_TRUST,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: NO_TRUST,
  ERR_SSL_HTTP_REQUEST: 'the client sent plain HTTP to the TLS port; use a URL that begins with https://',
  ERR_SSL_HTTPS_PROXY_REQUEST: 'the client sent CONNECT to the TLS port; use the port of --proxy-port',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'the client does not support TLS 1.2 or later',
};

/**
 * Why a handshake failed, for the operator; undefined if the peer only disconnected, as one does that checks whether a
 * port is open.
 */
function handshakeFailure({ code = '', message }: NodeJS.ErrnoException): string | undefined {
  if (!code.startsWith('ERR_SSL_')) return undefined;
  return REASONS[code] ?? `the TLS handshake failed: ${message.trim().split(':').at(-2) ?? code}`;
}
