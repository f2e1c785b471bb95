import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Connection } from '../../core/connection.ts';
import type { HttpRequest } from '../../core/request.ts';
import { connectionOf } from '../connections.ts';
import { headerFieldsOn } from '../header-fields.ts';

const NO_BODY = new Uint8Array();

/** `GET http://host/path HTTP/1.1`: RFC 9112 section 3.2.2. */
const ABSOLUTE_FORM = /^(https?):\/\/(?:[^/?#@]*@)?([^/?#@]+)([^?#]*)/i;

/** All of a request but its body. */
export function requestHead(message: IncomingMessage, transport: string): HttpRequest {
  const target = message.url ?? '/';
  const connection = plainConnection(message.socket);
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
    entrance: { transport, connection },
  };
}

/** In somebody's app: what Express, or another that takes its middleware, cut off before us. */
function mountOf(message: IncomingMessage & { baseUrl?: string; originalUrl?: string }): string | undefined {
  const { baseUrl = '', originalUrl = '', url = '' } = message;
  if (baseUrl !== '') return baseUrl;
  const cut = originalUrl.length - url.length;
  return cut > 0 && originalUrl.endsWith(url) ? originalUrl.slice(0, cut) : undefined;
}

const plainConnection = (socket: Socket): Connection =>
  connectionOf(socket, () => ({
    protocol: 'http/1.1',
    secure: 'encrypted' in socket,
    serverName: undefined,
    certificate: undefined,
  }));

/** What a client of HTTP/1.0 means that names no host. */
function ownAuthority({ socket }: IncomingMessage): string {
  const { address, family, port } = socket.address() as Partial<AddressInfo>;
  if (address === undefined) return '';
  return `${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Why a request is none by RFC 9112 section 3.2; undefined where it is one. */
export function hostProblem({ headers, repeated }: HttpRequest, httpVersion: string): string | undefined {
  if (repeated?.includes('host')) return 'the request has several Host header fields';
  return headers.host === undefined && httpVersion === '1.1'
    ? 'the request has no Host header field'
    : undefined;
}
