import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HeaderFields, HttpRequest } from '../../http/request.ts';

const NO_BODY = new Uint8Array();

/** `GET http://host/path HTTP/1.1`: RFC 9112 section 3.2.2. */
const ABSOLUTE_FORM = /^(https?):\/\/(?:[^/?#@]*@)?([^/?#@]+)([^?#]*)/i;

/** All of a request but its body. `target` is its URL as this door sees it. */
export function requestHead(message: IncomingMessage, target: string, door: string): HttpRequest {
  const headers = headerFields(message.rawHeaders);
  const absolute = target.startsWith('/') ? null : ABSOLUTE_FORM.exec(target);
  const question = target.indexOf('?');
  const query = question < 0 ? '' : target.slice(question + 1);
  const rest = { method: message.method ?? '', query, headers, body: NO_BODY, entrance: { door } };
  if (absolute !== null) {
    const [, scheme, authority, path] = absolute;
    return {
      ...rest,
      scheme: scheme!.toLowerCase() === 'https' ? 'https' : 'http',
      authority: authority!,
      path: path === '' ? '/' : path!,
    };
  }
  return {
    ...rest,
    scheme: 'encrypted' in message.socket ? 'https' : 'http',
    authority: headers.host ?? ownAuthority(message),
    path: question < 0 ? target : target.slice(0, question),
  };
}

/** The names of the fields as data, so that none of them meets a member that every object has. */
function headerFields(raw: readonly string[]): HeaderFields {
  const fields: Record<string, string> = Object.create(null);
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]!.toLowerCase();
    const value = raw[index + 1]!;
    const before = fields[name];
    fields[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return fields;
}

/** What a client of HTTP/1.0 means that names no host. */
function ownAuthority({ socket }: IncomingMessage): string {
  const { address, family, port } = socket.address() as Partial<AddressInfo>;
  if (address === undefined) return '';
  return `${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Why a request is none by RFC 9112 section 3.2; undefined where it is one. */
export function hostProblem({ rawHeaders, httpVersion }: IncomingMessage): string | undefined {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (rawHeaders[index]!.length === 4 && rawHeaders[index]!.toLowerCase() === 'host') hosts += 1;
  if (hosts > 1) return 'the request has several Host header fields';
  return hosts === 0 && httpVersion === '1.1' ? 'the request has no Host header field' : undefined;
}
