import type { Connection } from '../../core/connection.ts';
import type { HttpRequest } from '../../core/request.ts';
import { headerFields, LastFields, type ReadFields } from '../header-fields.ts';
import { type DeadlineList, WithDeadline } from './deadlines.ts';
import {
  afterPadLength,
  afterPriority,
  ConnectionError,
  ERROR_CODE,
  FLAG,
  protocolError,
  withoutPadding,
} from './frames.ts';
import type { FieldDecoder } from './hpack/decoder.ts';

const MAX_BLOCK_SIZE = 128 * 1024;
const MAX_BLOCK_FRAMES = 64;

/** A field block whose last CONTINUATION has not arrived. */
class IncompleteBlock extends WithDeadline {
  readonly stream: number;
  readonly endStream: boolean;
  readonly #onTimeout: () => void;
  readonly #parts: Buffer[] = [];
  #length = 0;

  constructor(stream: number, endStream: boolean, onTimeout: () => void) {
    super();
    this.stream = stream;
    this.endStream = endStream;
    this.#onTimeout = onTimeout;
  }

  add(bytes: Buffer, from: number, to: number): void {
    this.#length += to - from;
    this.#parts.push(Buffer.from(bytes.subarray(from, to)));
    if (this.#length > MAX_BLOCK_SIZE || this.#parts.length > MAX_BLOCK_FRAMES)
      throw new ConnectionError(ERROR_CODE.enhanceYourCalm, 'a field block is too long');
  }

  joined(): Buffer {
    return Buffer.concat(this.#parts, this.#length);
  }

  expire(): void {
    this.#onTimeout();
  }
}

/** Joins the field blocks of HEADERS and CONTINUATION frames and decodes them (RFC 9113 section 4.3). */
export class FieldBlocks {
  readonly #decoder: FieldDecoder;
  readonly #deadlines: DeadlineList;
  readonly #onFields: (stream: number, endStream: boolean) => void;
  readonly #onTimeout: () => void;
  #incomplete: IncompleteBlock | undefined;

  /**
   * @param onFields called when the fields of a block are in the decoder
   * @param onTimeout called when a block is not completed in time
   */
  constructor(
    decoder: FieldDecoder,
    deadlines: DeadlineList,
    onFields: (stream: number, endStream: boolean) => void,
    onTimeout: () => void,
  ) {
    this.#decoder = decoder;
    this.#deadlines = deadlines;
    this.#onFields = onFields;
    this.#onTimeout = onTimeout;
  }

  /** The stream of an incomplete block: no other frame may arrive before its end. */
  get incompleteStream(): number | undefined {
    return this.#incomplete?.stream;
  }

  /** @throws ConnectionError */
  headers(flags: number, stream: number, bytes: Buffer, start: number, end: number): void {
    const to = withoutPadding(flags, bytes, start, end);
    const from = afterPriority(flags, stream, bytes, afterPadLength(flags, start), to);
    const endStream = (flags & FLAG.endStream) !== 0;
    if ((flags & FLAG.endHeaders) !== 0) {
      this.#decoder.decode(bytes, from, to);
      this.#onFields(stream, endStream);
      return;
    }
    this.#incomplete = new IncompleteBlock(stream, endStream, this.#onTimeout);
    this.#deadlines.add(this.#incomplete);
    this.#incomplete.add(bytes, from, to);
  }

  /** @throws ConnectionError */
  continuation(flags: number, stream: number, bytes: Buffer, from: number, to: number): void {
    const block = this.#incomplete;
    if (block === undefined) throw protocolError(`CONTINUATION on stream ${stream} without HEADERS`);
    block.add(bytes, from, to);
    if ((flags & FLAG.endHeaders) === 0) return;
    this.drop();
    const joined = block.joined();
    this.#decoder.decode(joined, 0, joined.length);
    this.#onFields(stream, block.endStream);
  }

  drop(): void {
    if (this.#incomplete !== undefined) this.#deadlines.delete(this.#incomplete);
    this.#incomplete = undefined;
  }
}

interface RequestFields extends ReadFields {
  /** The value of `content-length`. */
  readonly length: number | undefined;
  /** Why a request with these fields is malformed; undefined if it is valid. */
  readonly problem: string | undefined;
}

const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const INVALID_VALUE = /[\0\r\n]|^[ \t]|[ \t]$/;
const LENGTH = /^\d{1,15}$/;

/** RFC 9113 section 8.2.2. */
const HTTP1_FIELDS: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

/** Reads the header fields of a request, which follow its pseudo-header fields, and checks that HTTP/2 allows them. */
function requestFields(raw: readonly string[], from: number): RequestFields {
  const read = headerFields(raw, from);
  const length = read.headers['content-length'];
  return {
    ...read,
    length: length !== undefined && LENGTH.test(length) ? Number(length) : undefined,
    problem: problemIn(raw, from) ?? repeatedLength(read),
  };
}

/** RFC 9110 section 8.6. */
const repeatedLength = ({ repeated }: ReadFields): string | undefined =>
  repeated?.includes('content-length') ? 'content-length is repeated' : undefined;

function problemIn(raw: readonly string[], from: number): string | undefined {
  for (let index = from; index < raw.length; index += 2) {
    const problem = fieldProblem(raw[index]!, raw[index + 1]!);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** RFC 9113 sections 8.2 and 8.3. */
function fieldProblem(name: string, value: string): string | undefined {
  if (name.startsWith(':')) return `the pseudo-header field ${name} follows a regular field`;
  if (!NAME.test(name)) {
    return NAME.test(name.toLowerCase())
      ? `the field name ${name} has uppercase letters`
      : `${JSON.stringify(name)} is not a valid field name`;
  }
  if (INVALID_VALUE.test(value))
    return `the value of ${name} begins or ends with white space, or contains a line break`;
  if (HTTP1_FIELDS.has(name)) return `${name} is a field of HTTP/1 and not allowed in HTTP/2`;
  if (name === 'te' && value !== 'trailers') return 'te has a value other than "trailers"';
  if (name === 'content-length' && !LENGTH.test(value)) return 'content-length is not a number';
  return undefined;
}

const NO_BODY = new Uint8Array();
const COLON = 0x3a;
const SLASH = 0x2f;

/** A request whose body has not arrived. */
export interface RequestHead extends HttpRequest {
  body: Uint8Array;
}

/** Turns the fields that arrive on one connection into requests. */
export class RequestHeads {
  readonly #transport: { readonly name: string; readonly connection: Connection };
  readonly #scheme: HttpRequest['scheme'];
  readonly #fields = new LastFields<RequestFields>(requestFields);

  /** Why the last request is malformed (RFC 9113 section 8.1.1); undefined if it is valid. */
  problem: string | undefined;
  /** The `content-length` of the last request. */
  length: number | undefined;

  constructor(connection: Connection) {
    this.#transport = { name: 'http2', connection };
    this.#scheme = connection.secure ? 'https' : 'http';
  }

  /** @param raw names and values in turn, the pseudo-header fields first (RFC 9113 section 8.3.1) */
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
      // aioapns sends a host field instead (https://github.com/Fatal1ty/aioapns/blob/master/aioapns/connection.py).
      authority: authority ?? headers.host ?? '',
      path: question < 0 ? target : target.slice(0, question),
      query: question < 0 ? '' : target.slice(question + 1),
      headers,
      repeated,
      body: NO_BODY,
      transport: this.#transport,
    };
  }
}

const KNOWN: ReadonlySet<string> = new Set([':method', ':path', ':scheme', ':authority']);

const pseudoProblem = (name: string): string =>
  KNOWN.has(name) ? `${name} is repeated` : `${name} is not a pseudo-header field of a request`;

function missing(
  method: string | undefined,
  target: string | undefined,
  scheme: string | undefined,
): string | undefined {
  if (method === undefined) return ':method is missing';
  if (scheme === undefined) return ':scheme is missing';
  if (target === undefined) return ':path is missing';
  if (target.charCodeAt(0) !== SLASH && target !== '*') return ':path does not begin with /';
  return hasSpace(target) ? ':path contains white space or a control character' : undefined;
}

function unprintable(method: string | undefined, authority: string | undefined): string | undefined {
  if (method !== undefined && (method === '' || hasSpace(method))) return ':method is not a valid method';
  return authority !== undefined && hasSpace(authority)
    ? ':authority contains white space or a control character'
    : undefined;
}

function hasSpace(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= 0x20 || code === 0x7f) return true;
  }
  return false;
}
