import { keyedHash } from './keyed-hash.ts';

/** A keyed bijection of [0, size): looks random, is never doubled, and has a way back without a table. */
export interface Permutation {
  readonly size: number;
  forward(value: number): number;
  backward(value: number): number;
}

/** Up to here all arithmetic is exact, the quotients of floating-point division included. */
const LARGEST_SIZE = 2 ** 52;

/**
 * Any size from 1 to 2^52: room for the 2^28 groups of 2^24 devices that a device reference can distinguish. A Feistel
 * network over a rectangle of about the square root of `size` a side, which is larger than `size` by less than one
 * side; the few values that fall outside walk on until they are back inside. Not for secrets: what must not be
 * guessed, such as a token, needs check bytes of a keyed hash beside the permuted number.
 * @throws RangeError for another size, and for a value outside of [0, size)
 */
export function createPermutation(key: string, size: number): Permutation {
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_SIZE) {
    throw new RangeError(`A permutation covers 1 to 2^52 values, not ${size}`);
  }
  const height = Math.ceil(Math.sqrt(size));
  const width = Math.ceil(size / height);
  // Multiplying takes a hash of 32 bits into a side; a remainder would cost three times as much.
  const rowScale = height / 2 ** 32;
  const columnScale = width / 2 ** 32;
  const roundKeys = new Int32Array(keyedHash(key, `permutation ${size}`).slice().buffer);
  const rounds = roundKeys.length;

  function encipher(value: number): number {
    let row = Math.floor(value / width);
    let column = value - row * width;
    for (let round = 0; round < rounds; round += 2) {
      row += Math.floor(scramble(column ^ roundKeys[round]!) * rowScale);
      if (row >= height) row -= height;
      column += Math.floor(scramble(row ^ roundKeys[round + 1]!) * columnScale);
      if (column >= width) column -= width;
    }
    return row * width + column;
  }

  function decipher(value: number): number {
    let row = Math.floor(value / width);
    let column = value - row * width;
    for (let round = rounds - 2; round >= 0; round -= 2) {
      column -= Math.floor(scramble(row ^ roundKeys[round + 1]!) * columnScale);
      if (column < 0) column += width;
      row -= Math.floor(scramble(column ^ roundKeys[round]!) * rowScale);
      if (row < 0) row += height;
    }
    return row * width + column;
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
  return (hash ^ (hash >>> 16)) >>> 0;
}
