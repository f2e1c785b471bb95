import type { Readable } from 'node:stream';

/**
 * All that a stream has in store. From Node 26 on `read` gives no more than one of the portions in which it came, and
 * nothing tells of the others that are in store already.
 */
export function bufferedBytes(stream: Readable): Buffer {
  const portions: Buffer[] = [];
  for (let portion = stream.read(); portion !== null; portion = stream.read()) portions.push(portion);
  return Buffer.concat(portions);
}
