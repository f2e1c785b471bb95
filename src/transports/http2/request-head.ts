import type { Connection } from '../../core/connection.ts';
import type { HttpRequest } from '../../core/request.ts';
import { LastFields } from '../header-fields.ts';
import { type RequestFields, requestFields } from './request-fields.ts';

const NO_BODY = new Uint8Array();
const COLON = 0x3a;
const SLASH = 0x2f;

/** A request whose body is still to come. */
export interface RequestHead extends HttpRequest {
  body: Uint8Array;
}

/** Makes requests of the fields that come on one connection. */
export class RequestHeads {
  readonly #entrance: { readonly transport: string; readonly connection: Connection };
  readonly #scheme: HttpRequest['scheme'];
  readonly #fields = new LastFields<RequestFields>(requestFields);

  /** Why the last request is malformed (RFC 9113 section 8.1.1); undefined where it is not. */
  problem: string | undefined;
  /** How long the body of the last request is said to be. */
  length: number | undefined;

  constructor(connection: Connection) {
    this.#entrance = { transport: 'http2', connection };
    this.#scheme = connection.secure ? 'https' : 'http';
  }

  /** @param raw names and values, one after the other, the pseudo-header fields first (RFC 9113 section 8.3.1) */
  read(raw: readonly string[]): RequestHead {
    let method: string | undefined;
    let target: string | undefined;
    let scheme: string | undefined;
    let authority: string | undefined;
    let problem: string | undefined;
    let at = 0;
    for (; at < raw.length; at += 2) {
      const name = raw[at]!;
      if (name.charCodeAt(0) !== COLON) break;
      const value = raw[at + 1]!;
      if (name === ':path' && target === undefined) target = value;
      else if (name === ':method' && method === undefined) method = value;
      else if (name === ':scheme' && scheme === undefined) scheme = value;
      else if (name === ':authority' && authority === undefined) authority = value;
      else problem ??= pseudoProblem(name);
    }
    const { headers, repeated, length, problem: fieldProblem } = this.#fields.of(raw, at);
    this.length = length;
    this.problem =
      problem ?? fieldProblem ?? missing(method, target, scheme) ?? unprintable(method, authority);
    target ??= '';
    const question = target.indexOf('?');
    return {
      method: method ?? '',
      scheme: this.#scheme,
      // aioapns sends a host field in its place (https://github.com/Fatal1ty/aioapns/blob/master/aioapns/connection.py).
      authority: authority ?? headers.host ?? '',
      path: question < 0 ? target : target.slice(0, question),
      query: question < 0 ? '' : target.slice(question + 1),
      headers,
      repeated,
      body: NO_BODY,
      entrance: this.#entrance,
    };
  }
}

const KNOWN: ReadonlySet<string> = new Set([':method', ':path', ':scheme', ':authority']);

const pseudoProblem = (name: string): string =>
  KNOWN.has(name) ? `${name} comes more than once` : `${name} is no pseudo-header field of a request`;

function missing(
  method: string | undefined,
  target: string | undefined,
  scheme: string | undefined,
): string | undefined {
  if (method === undefined) return 'there is no :method';
  if (scheme === undefined) return 'there is no :scheme';
  if (target === undefined) return 'there is no :path';
  if (target.charCodeAt(0) !== SLASH && target !== '*') return ':path does not begin with /';
  return hasSpace(target) ? ':path has white space or a control character in it' : undefined;
}

function unprintable(method: string | undefined, authority: string | undefined): string | undefined {
  if (method !== undefined && (method === '' || hasSpace(method))) return ':method is none';
  return authority !== undefined && hasSpace(authority)
    ? ':authority has white space or a control character in it'
    : undefined;
}

function hasSpace(target: string): boolean {
  for (let at = 0; at < target.length; at += 1) {
    const code = target.charCodeAt(at);
    if (code <= 0x20 || code === 0x7f) return true;
  }
  return false;
}
