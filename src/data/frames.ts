import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';

/** First bytes of every file; the number rises when older programs can no longer read it. */
const FORMAT = 1;
export const MAGIC = Buffer.from(`crabapple data ${FORMAT}\n`);

const FAMILY = Buffer.from('crabapple data ');

/** Length and checksum, 32 bits each, before every entry. */
const HEAD = 8;

export function frameOf(entry: unknown): Buffer {
  const body = serialize(entry);
  const frame = Buffer.allocUnsafe(HEAD + body.length);
  frame.writeUInt32LE(body.length, 0);
  frame.writeUInt32LE(crc32(body), 4);
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
  /** Of a later program. */
  | { readonly kind: 'newer' }
  /** Whole entries follow on one that is not as it was written. */
  | { readonly kind: 'altered'; readonly at: number };

export function readFrames(bytes: Buffer): Reading {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    const ofOurs = bytes.subarray(0, FAMILY.length).equals(FAMILY);
    return { kind: ofOurs ? 'newer' : 'foreign' };
  }
  const entries: unknown[] = [];
  let at = MAGIC.length;
  while (at < bytes.length) {
    const end = endOfFrame(bytes, at);
    if (end === undefined) break;
    const body = bytes.subarray(at + HEAD, end);
    if (crc32(body) !== bytes.readUInt32LE(at + 4)) {
      // The last one may have been cut by a loss of power; an earlier one was whole once.
      if (end === bytes.length) break;
      return { kind: 'altered', at };
    }
    entries.push(deserialize(body));
    at = end;
  }
  return { kind: 'read', entries, end: at };
}

function endOfFrame(bytes: Buffer, at: number): number | undefined {
  if (at + HEAD > bytes.length) return undefined;
  const end = at + HEAD + bytes.readUInt32LE(at);
  return end > bytes.length ? undefined : end;
}
