import { ConnectionError, ERROR_CODE } from './error-code.ts';
import { FLAG, streamIdentifier } from './frame.ts';

// Where the payload of a frame is not what its type says (RFC 9113 section 6), the connection ends.

const PRIORITY_OCTETS = 5;
const GOAWAY_OCTETS = 8;

export const protocolError = (message: string): ConnectionError =>
  new ConnectionError(ERROR_CODE.protocolError, message);

const sizeError = (frame: string, size: number): ConnectionError =>
  new ConnectionError(ERROR_CODE.frameSizeError, `${frame} of ${size} octets`);

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
  if (padding >= to - from) throw protocolError('a frame has more padding than it is long');
  return to - padding;
}

/** @returns where the content begins */
export const afterPadLength = (flags: number, from: number): number =>
  (flags & FLAG.padded) === 0 ? from : from + 1;

/** The priority that a HEADERS frame may begin with is not heeded. @returns where the block of fields begins */
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

/** What it says is not heeded (RFC 9113 section 5.3.2), and yet it must be in order. */
export function checkPriority(stream: number, bytes: Buffer, from: number, to: number): void {
  requireStream('PRIORITY', stream);
  requireSize('PRIORITY', to - from, PRIORITY_OCTETS);
  requireOther(stream, bytes, from);
}

function requireOther(stream: number, bytes: Buffer, at: number): void {
  if (streamIdentifier(bytes, at) === stream) throw protocolError(`stream ${stream} depends on itself`);
}
