import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';

/** First bytes of every file. The number increases with every incompatible change. */
const FORMAT = 4;
export const MAGIC = Buffer.from(`crabapple data ${FORMAT}\n`);

const FAMILY = Buffer.from('crabapple data ');

/**
 * Before every entry: its length and its checksum (32 bits each), the size of the file that was safe when the entry was
 * written (64 bits), and the checksum of these (32 bits). Zeros, as a disk leaves them after a loss of power, are no entry.
 */
const HEAD = 20;
const CHECKED = 16;

interface Head {
  readonly length: number;
  readonly checksum: number;
  readonly safeUpTo: number;
}

const checksumOf = (head: Buffer): number => crc32(head.subarray(0, CHECKED));

/** @param safeUpTo size of the file that a loss of power cannot change */
export function frameOf(entry: unknown, safeUpTo: number): Buffer {
  const body = serialize(entry);
  const frame = Buffer.allocUnsafe(HEAD + body.length);
  frame.writeUInt32LE(body.length, 0);
  frame.writeUInt32LE(crc32(body), 4);
  frame.writeBigUInt64LE(BigInt(safeUpTo), 8);
  frame.writeUInt32LE(checksumOf(frame), CHECKED);
  body.copy(frame, HEAD);
  return frame;
}

export type Reading =
  | {
      readonly kind: 'read';
      readonly entries: readonly unknown[];
      /** Bytes up to the end of the last complete entry. */
      readonly end: number;
    }
  /** Not written by Crabapple. */
  | { readonly kind: 'foreign' }
  /** Written by another version of Crabapple, or by a version of Node whose values this one cannot read. */
  | { readonly kind: 'newer' }
  /** A safe part of the file is not as it was written. */
  | { readonly kind: 'altered'; readonly at: number };

export function readFrames(bytes: Buffer): Reading {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    const isOurs = bytes.subarray(0, FAMILY.length).equals(FAMILY);
    return { kind: isOurs ? 'newer' : 'foreign' };
  }
  const entries: unknown[] = [];
  let at = MAGIC.length;
  while (at < bytes.length) {
    const body = bodyAt(bytes, at);
    if (body === undefined) break;
    try {
      entries.push(deserialize(body));
    } catch {
      return { kind: 'newer' };
    }
    at += HEAD + body.length;
  }
  return wasSafe(bytes, at) ? { kind: 'altered', at } : { kind: 'read', entries, end: at };
}

function headAt(bytes: Buffer, at: number): Head | undefined {
  if (at + HEAD > bytes.length) return undefined;
  const length = bytes.readUInt32LE(at);
  if (at + HEAD + length > bytes.length) return undefined;
  const head = bytes.subarray(at, at + HEAD);
  if (checksumOf(head) !== head.readUInt32LE(CHECKED)) return undefined;
  return { length, checksum: head.readUInt32LE(4), safeUpTo: Number(head.readBigUInt64LE(8)) };
}

/** Undefined if there is no complete entry. */
function bodyAt(bytes: Buffer, at: number): Buffer | undefined {
  const head = headAt(bytes, at);
  if (head === undefined) return undefined;
  const body = bytes.subarray(at + HEAD, at + HEAD + head.length);
  return crc32(body) === head.checksum ? body : undefined;
}

/**
 * Whether a later entry says that this place was safe when the entry was written. A truncated tail, or one that a loss
 * of power left in parts, has no such entry: no response had waited for it.
 */
function wasSafe(bytes: Buffer, place: number): boolean {
  for (let at = place + 1; at + HEAD <= bytes.length; at += 1) {
    const head = headAt(bytes, at);
    if (head !== undefined && head.safeUpTo > place) return true;
  }
  return false;
}
