import { keyedHash } from './keyed-hash.ts';

/** A keyed bijection of [0, size): looks random, is never doubled, and has a way back without a table. */
export interface Permutation {
  readonly size: number;
  forward(value: number): number;
  backward(value: number): number;
}

const LARGEST_SIZE = 2 ** 52;

/**
 * Balanced Feistel network over the smallest even number of bits that holds `size`; values that leave the range
 * walk on until they are back inside (at most four steps on average). Not for secrets.
 */
export function createPermutation(key: string, size: number): Permutation {
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_SIZE) {
    throw new RangeError(`A permutation covers 1 to 2^52 values, not ${size}`);
  }
  let halfBits = 1;
  while (4 ** halfBits < size) halfBits += 1;
  const half = 2 ** halfBits;
  const mask = half - 1;
  // Signed words keep the whole round in 32-bit integer arithmetic.
  const roundKeys = new Int32Array(keyedHash(key, `permutation ${size}`).slice().buffer);
  const rounds = roundKeys.length;

  function encipher(value: number): number {
    let left = Math.floor(value / half);
    let right = value - left * half;
    for (let round = 0; round < rounds; round++) {
      const next = left ^ (scramble(right ^ roundKeys[round]!) & mask);
      left = right;
      right = next;
    }
    return left * half + right;
  }

  function decipher(value: number): number {
    let left = Math.floor(value / half);
    let right = value - left * half;
    for (let round = rounds - 1; round >= 0; round--) {
      const previous = right ^ (scramble(left ^ roundKeys[round]!) & mask);
      right = left;
      left = previous;
    }
    return left * half + right;
  }

  function requireInside(value: number): void {
    if (!Number.isInteger(value) || value < 0 || value >= size) {
      throw new RangeError(`${value} is outside of a permutation of ${size} values`);
    }
  }

  return {
    size,
    forward(value) {
      requireInside(value);
      let result = encipher(value);
      while (result >= size) result = encipher(result);
      return result;
    },
    backward(value) {
      requireInside(value);
      let result = decipher(value);
      while (result >= size) result = decipher(result);
      return result;
    },
  };
}

function scramble(word: number): number {
  let hash = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return hash ^ (hash >>> 16);
}
