import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';

/** First bytes of every file; the number rises when older programs can no longer read it. */
const FORMAT = 3;
export const MAGIC = Buffer.from(`crabapple data ${FORMAT}\n`);

const FAMILY = Buffer.from('crabapple data ');

/**
 * Before every entry: its length and its checksum (32 bits each), up to where the file was safe when it was written
 * (64 bits), and the checksum of all that (32 bits). Zeros, as a disk leaves them where nothing came, are none.
 */
const HEAD = 20;
const CHECKED = 16;

interface Head {
  readonly length: number;
  readonly checksum: number;
  readonly safeUpTo: number;
}

const checksumOf = (head: Buffer): number => crc32(head.subarray(0, CHECKED));

/** @param safeUpTo bytes of the file that nothing but an alteration can have harmed */
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
      /** Bytes up to the end of the last whole entry; what follows was never finished. */
      readonly end: number;
    }
  /** Not a file of ours. */
  | { readonly kind: 'foreign' }
  /** Of another program of ours, or of a Node whose values this one cannot read. */
  | { readonly kind: 'newer' }
  /** What was safe once is not as it was written. */
  | { readonly kind: 'altered'; readonly at: number };

export function readFrames(bytes: Buffer): Reading {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    const ofOurs = bytes.subarray(0, FAMILY.length).equals(FAMILY);
    return { kind: ofOurs ? 'newer' : 'foreign' };
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

/** Undefined where no whole entry stands. */
function bodyAt(bytes: Buffer, at: number): Buffer | undefined {
  const head = headAt(bytes, at);
  if (head === undefined) return undefined;
  const body = bytes.subarray(at + HEAD, at + HEAD + head.length);
  return crc32(body) === head.checksum ? body : undefined;
}

/**
 * Whether an entry further on tells that this place was safe when it was written. A tail that was cut, or that a
 * loss of power let through in part and in any order, has none: nobody had waited for what stood here.
 */
function wasSafe(bytes: Buffer, place: number): boolean {
  for (let at = place + 1; at + HEAD <= bytes.length; at += 1) {
    const head = headAt(bytes, at);
    if (head !== undefined && head.safeUpTo > place) return true;
  }
  return false;
}
