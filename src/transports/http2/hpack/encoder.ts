import type { HeaderFields } from '../../../core/request.ts';
import { STATIC_FIELDS } from './static-table.ts';

/** Fields of HTTP/1 connections, which are malformed in HTTP/2 (RFC 9113 section 8.2.2). */
const CONNECTION_FIELDS: ReadonlySet<string> = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

const STATUS_NAME = 8;
const STATUS_INDEXES: ReadonlyMap<number, number> = new Map(
  STATIC_FIELDS.flatMap(([name, value], at) => (name === ':status' ? [[Number(value), at + 1]] : [])),
);
/** The first index of each name that a response field may have. */
const NAME_INDEXES: ReadonlyMap<string, number> = new Map(
  STATIC_FIELDS.map(([name], at) => [name, at + 1] as const)
    .filter(([name]) => !name.startsWith(':'))
    .reverse(),
);

/** Octets of the longest integer; each field has two of them. */
const MAX_INTEGER = 5;

/** An upper bound for the encoded length of the fields of a response. */
export function maxEncodedLength(headers: HeaderFields): number {
  let octets = 2 + MAX_INTEGER;
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) octets += 1 + name.length + value.length + 2 * MAX_INTEGER;
  }
  return octets;
}

/** Sets the size of the peer's table to 0 (RFC 7541 section 6.3), as required after the peer has changed its size. */
export function encodeTableUpdate(into: Buffer, at: number): number {
  into[at] = 0x20;
  return at + 1;
}

/**
 * Writes the header fields of a response as HPACK without adding any to the table of the peer, so encoding has no state.
 * The buffer must have space for `maxEncodedLength`.
 *
 * @returns where the block ends
 * @throws TypeError for an invalid status, name or value
 */
export function encodeFields(into: Buffer, start: number, status: number, headers: HeaderFields): number {
  let at = encodeStatus(into, start, status);
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || CONNECTION_FIELDS.has(name)) continue;
    const index = NAME_INDEXES.get(name);
    if (index === undefined) {
      into[at] = 0;
      at = encodeName(into, at + 1, name);
    } else {
      at = encodeInteger(into, at, 0x0f, index);
    }
    at = encodeValue(into, at, name, value);
  }
  return at;
}

function encodeStatus(into: Buffer, at: number, status: number): number {
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw new TypeError(`${status} is not a valid response status`);
  const index = STATUS_INDEXES.get(status);
  if (index !== undefined) {
    into[at] = 0x80 | index;
    return at + 1;
  }
  into[at] = STATUS_NAME;
  into[at + 1] = 3;
  return at + 2 + into.write(String(status), at + 2, 'latin1');
}

function encodeName(into: Buffer, start: number, name: string): number {
  let at = encodeInteger(into, start, 0x7f, name.length);
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name))
    throw new TypeError(`"${name}" is not a valid header field name`);
  for (let index = 0; index < name.length; index += 1) into[at++] = name.charCodeAt(index);
  return at;
}

function encodeValue(into: Buffer, start: number, name: string, value: string): number {
  let at = encodeInteger(into, start, 0x7f, value.length);
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f || code > 0xff)
      throw new TypeError(`the value of the header field ${name} has an invalid character`);
    into[at++] = code;
  }
  return at;
}

/** RFC 7541 section 5.1; the bits before the prefix are zero. */
function encodeInteger(into: Buffer, start: number, mask: number, value: number): number {
  if (value < mask) {
    into[start] = value;
    return start + 1;
  }
  let at = start;
  into[at++] = mask;
  let rest = value - mask;
  for (; rest >= 0x80; rest >>>= 7) into[at++] = (rest & 0x7f) | 0x80;
  into[at++] = rest;
  return at;
}
