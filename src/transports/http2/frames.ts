// The frame format of HTTP/2: RFC 9113 sections 4, 6 and 7.

/** Octets of a frame before its payload. */
export const FRAME_HEAD = 9;

/** RFC 9113 section 6. */
export const FRAME = {
  data: 0x0,
  headers: 0x1,
  priority: 0x2,
  resetStream: 0x3,
  settings: 0x4,
  pushPromise: 0x5,
  ping: 0x6,
  goaway: 0x7,
  windowUpdate: 0x8,
  continuation: 0x9,
} as const;

export const FLAG = { ack: 0x1, endStream: 0x1, endHeaders: 0x4, padded: 0x8, priority: 0x20 } as const;

/** The first bytes of every client connection: RFC 9113 section 3.4. */
export const PREFACE: Buffer = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** RFC 9113 section 7. */
export const ERROR_CODE = {
  noError: 0x0,
  protocolError: 0x1,
  internalError: 0x2,
  flowControlError: 0x3,
  streamClosed: 0x5,
  frameSizeError: 0x6,
  refusedStream: 0x7,
  cancel: 0x8,
  compressionError: 0x9,
  enhanceYourCalm: 0xb,
} as const;

export type ErrorCode = (typeof ERROR_CODE)[keyof typeof ERROR_CODE];

/** An error of the peer that ends the connection: RFC 9113 section 5.4.1. */
export class ConnectionError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'ConnectionError';
    this.code = code;
  }
}

export const protocolError = (message: string): ConnectionError =>
  new ConnectionError(ERROR_CODE.protocolError, message);

const sizeError = (frame: string, size: number): ConnectionError =>
  new ConnectionError(ERROR_CODE.frameSizeError, `${frame} of ${size} octets`);

/** A number of 31 bits; the first bit is reserved. */
export function streamIdentifier(bytes: Buffer, at: number): number {
  return ((bytes[at]! & 0x7f) << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

// The checks below throw a ConnectionError where a frame is not what its type requires (RFC 9113 section 6).

const PRIORITY_OCTETS = 5;
const GOAWAY_OCTETS = 8;

export function requireSize(frame: string, size: number, expected: number): void {
  if (size !== expected) throw sizeError(frame, size);
}

export function requireConnection(frame: string, stream: number): void {
  if (stream !== 0) throw protocolError(`${frame} on stream ${stream}`);
}

export function requireStream(frame: string, stream: number): void {
  if (stream === 0) throw protocolError(`${frame} on stream 0`);
}

export function requireGoaway(stream: number, size: number): void {
  requireConnection('GOAWAY', stream);
  if (size < GOAWAY_OCTETS) throw sizeError('GOAWAY', size);
}

/** @returns where the padding begins */
export function withoutPadding(flags: number, bytes: Buffer, from: number, to: number): number {
  if ((flags & FLAG.padded) === 0) return to;
  if (to === from) throw sizeError('a padded frame', 0);
  const padding = bytes[from]!;
  if (padding >= to - from) throw protocolError('the padding of a frame is longer than its payload');
  return to - padding;
}

/** @returns where the content begins */
export const afterPadLength = (flags: number, from: number): number =>
  (flags & FLAG.padded) === 0 ? from : from + 1;

/** Skips the priority that a HEADERS frame may begin with. @returns where the field block begins */
export function afterPriority(
  flags: number,
  stream: number,
  bytes: Buffer,
  from: number,
  to: number,
): number {
  if ((flags & FLAG.priority) === 0) return from;
  if (to - from < PRIORITY_OCTETS) throw sizeError('HEADERS', to - from);
  requireOther(stream, bytes, from);
  return from + PRIORITY_OCTETS;
}

/** Priorities are ignored (RFC 9113 section 5.3.2) but must be valid. */
export function checkPriority(stream: number, bytes: Buffer, from: number, to: number): void {
  requireStream('PRIORITY', stream);
  requireSize('PRIORITY', to - from, PRIORITY_OCTETS);
  requireOther(stream, bytes, from);
}

function requireOther(stream: number, bytes: Buffer, at: number): void {
  if (streamIdentifier(bytes, at) === stream) throw protocolError(`stream ${stream} depends on itself`);
}
