import { ofDefiniteLength } from './asn1-writer.ts';

// Elements of X.690 that certificates are made of.

/** Every element that is built of others or holds bytes as they are. */
const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

const encoder = new TextEncoder();

export const sequence = (...contents: readonly Uint8Array[]): Uint8Array =>
  ofDefiniteLength(TAG.sequence, ...contents);

export const set = (...contents: readonly Uint8Array[]): Uint8Array => ofDefiniteLength(TAG.set, ...contents);

export const octetString = (...contents: readonly Uint8Array[]): Uint8Array =>
  ofDefiniteLength(TAG.octetString, ...contents);

/** Of whole bytes. */
export const bitString = (bytes: Uint8Array): Uint8Array =>
  ofDefiniteLength(TAG.bitString, Uint8Array.of(0), bytes);

export const TRUE = ofDefiniteLength(TAG.boolean, Uint8Array.of(0xff));

export const NULL = ofDefiniteLength(TAG.null);

/** `[number]`, constructed. */
export const context = (number: number, ...contents: readonly Uint8Array[]): Uint8Array =>
  ofDefiniteLength(0xa0 | number, ...contents);

/** `[number] IMPLICIT` of something that holds bytes. */
export const contextPrimitive = (number: number, content: Uint8Array): Uint8Array =>
  ofDefiniteLength(0x80 | number, content);

/** A number that is not negative, from its bytes. */
export function integer(given: number | Uint8Array): Uint8Array {
  const bytes = typeof given === 'number' ? bytesOf(given) : given;
  const first = bytes.findIndex((byte) => byte !== 0);
  const least = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  return ofDefiniteLength(TAG.integer, ...(least[0]! >= 0x80 ? [Uint8Array.of(0)] : []), least);
}

function bytesOf(number: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = number; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from(bytes);
}

export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const septets = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      septets.unshift((left % 128) | 0x80);
    }
    return septets;
  });
  return ofDefiniteLength(TAG.objectIdentifier, Uint8Array.from(bytes));
}

export const utf8String = (text: string): Uint8Array =>
  ofDefiniteLength(TAG.utf8String, encoder.encode(text));

export const printableString = (text: string): Uint8Array =>
  ofDefiniteLength(TAG.printableString, encoder.encode(text));

export function bmpString(text: string): Uint8Array {
  return ofDefiniteLength(TAG.bmpString, Buffer.from(text, 'utf16le').swap16());
}

const EARLIEST = Date.UTC(1950, 0, 1);
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59);

/** To the second; UTCTime from 1950 to 2049, and never beyond what can be written (RFC 5280 section 4.1.2.5). */
export function time(milliseconds: number): Uint8Array {
  const text = new Date(Math.min(Math.max(milliseconds, EARLIEST), LATEST))
    .toISOString()
    .replace(/[-:T]|\.\d+/g, '');
  return text < '2050'
    ? ofDefiniteLength(TAG.utcTime, encoder.encode(text.slice(2)))
    : ofDefiniteLength(TAG.generalizedTime, encoder.encode(text));
}
