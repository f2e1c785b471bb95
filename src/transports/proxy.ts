import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { createHttp1Server } from './http1/server.ts';
import type { TransportLimits } from './receiver.ts';

export interface ProxyOptions {
  /** Apple's host names. */
  readonly hosts: ReadonlySet<string>;
  /** Accepts a connection as if it had been made to that port of Apple's host. */
  readonly accept: (socket: Socket, port: number) => void;
  readonly limits: TransportLimits;
}

/**
 * HTTPS and the ports of the push service:
 * https://developer.apple.com/documentation/usernotifications/sending-channel-management-requests-to-apns
 */
const PORTS: ReadonlySet<string> = new Set(['443', '2195', '2196', '2197']);

const TARGET = /^([a-z0-9.-]+):(\d{1,5})$/;

/**
 * A CONNECT proxy (RFC 9110 section 9.3.6) that connects only to this server, for programs that hard-code Apple's host
 * names and respect HTTPS_PROXY. Does not listen yet.
 */
export function createProxyTransport({ hosts, accept, limits }: ProxyOptions): Server {
  const server = createHttp1Server((message, response) => {
    message.resume();
    response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' });
    response.end('this proxy accepts only CONNECT to host names of Apple\n');
  }, limits);

  server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => {});
    const target = (request.url ?? '').toLowerCase();
    const [, host = '', port = ''] = TARGET.exec(target) ?? [];
    const problem = targetProblem(target, host, port, hosts);
    if (problem !== undefined) {
      socket.end(
        `HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\ncontent-length: ${problem.length}\r\nconnection: close\r\n\r\n${problem}`,
      );
      return;
    }
    // aioapns expects `HTTP/1.1 200 Connect`: https://github.com/Fatal1ty/aioapns/blob/master/aioapns/connection.py
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    socket.allowHalfOpen = false;
    accept(socket, Number(port));
  });
  return server;
}

function targetProblem(
  target: string,
  host: string,
  port: string,
  hosts: ReadonlySet<string>,
): string | undefined {
  const printable = target.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
  if (host === '') return `CONNECT needs a host name and a port, but got "${printable}"\n`;
  if (!hosts.has(host)) return `${host} is not one of Apple's hosts; this proxy connects to no others\n`;
  return PORTS.has(port) ? undefined : `Apple listens on ${[...PORTS].join(', ')}, not on ${port}\n`;
}
