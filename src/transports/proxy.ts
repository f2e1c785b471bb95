import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { TransportLimits } from './bounds.ts';
import { createHttp1Server } from './http1/server.ts';

export interface ProxyOptions {
  /** Apple's host names. */
  readonly hosts: ReadonlySet<string>;
  /** Takes a connection in as if it had come to that port of Apple's. */
  readonly accept: (socket: Socket, port: number) => void;
  readonly bounds: TransportLimits;
}

/**
 * HTTPS, and the ports of the push service:
 * https://developer.apple.com/documentation/usernotifications/sending-channel-management-requests-to-apns
 */
const PORTS: ReadonlySet<string> = new Set(['443', '2195', '2196', '2197']);

const TARGET = /^([a-z0-9.-]+):(\d{1,5})$/;

/**
 * A proxy for CONNECT (RFC 9110 section 9.3.6) behind which there is nothing but the simulated Apple: for programs
 * with Apple's names written into them that heed HTTPS_PROXY. It listens nowhere yet.
 */
export function createProxyTransport({ hosts, accept, bounds }: ProxyOptions): Server {
  const server = createHttp1Server((message, response) => {
    message.resume();
    response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' });
    response.end('this proxy takes CONNECT to the host names of Apple, and nothing else\n');
  }, bounds);

  server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => {});
    const target = (request.url ?? '').toLowerCase();
    const [, host = '', port = ''] = TARGET.exec(target) ?? [];
    const problem = refusal(target, host, port, hosts);
    if (problem !== undefined) {
      socket.end(
        `HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\ncontent-length: ${problem.length}\r\nconnection: close\r\n\r\n${problem}`,
      );
      return;
    }
    // aioapns wants to see `HTTP/1.1 200 Connect`: https://github.com/Fatal1ty/aioapns/blob/master/aioapns/connection.py
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    socket.allowHalfOpen = false;
    accept(socket, Number(port));
  });
  return server;
}

function refusal(target: string, host: string, port: string, hosts: ReadonlySet<string>): string | undefined {
  const printable = target.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
  if (host === '') return `CONNECT takes a host name and a port, not "${printable}"\n`;
  if (!hosts.has(host)) return `${host} is not one of Apple's hosts: this proxy leads to nothing else\n`;
  return PORTS.has(port) ? undefined : `Apple listens on ${[...PORTS].join(', ')}, not on ${port}\n`;
}
