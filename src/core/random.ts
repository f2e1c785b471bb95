import { keyedHash } from './keyed-hash.ts';

/** A seeded source of random numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** An unsigned 32-bit integer. */
  uint32(): number;
  /** A number in [0, 1). */
  fraction(): number;
  /** An integer in [0, below). */
  below(below: number): number;
  /** Position in its sequence: four words, for `randomAt`. */
  position(): readonly number[];
}

/** A source that starts with the first number of the sequence of a seed. */
export function createRandom(seed: string): Random {
  const words = new Uint32Array(keyedHash(seed, 'random').slice(0, 16).buffer);
  // An all-zero state would stay zero.
  if (words.every((word) => word === 0)) words[0] = 1;
  return new Xoshiro(words[0]!, words[1]!, words[2]!, words[3]!);
}

/** A source that continues from a position of another one. */
export const randomAt = ([a = 1, b = 0, c = 0, d = 0]: readonly number[]): Random => new Xoshiro(a, b, c, d);

/** xoshiro128** (Blackman and Vigna, public domain algorithm). */
class Xoshiro implements Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(a: number, b: number, c: number, d: number) {
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
  }

  uint32(): number {
    const b = this.#b;
    const times5 = Math.imul(b, 5);
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9) >>> 0;
    const c = this.#c ^ this.#a;
    const d = this.#d ^ b;
    this.#b = b ^ c;
    this.#a ^= d;
    this.#c = c ^ (b << 9);
    this.#d = (d << 11) | (d >>> 21);
    return result;
  }

  fraction(): number {
    return this.uint32() / 4294967296;
  }

  below(below: number): number {
    return Math.floor(this.fraction() * below);
  }

  position(): readonly number[] {
    return [this.#a >>> 0, this.#b >>> 0, this.#c >>> 0, this.#d >>> 0];
  }
}

/**
 * Mixes a key and a number into 32 bits (splitmix-style finalizer, not for secrets). For properties of generated things
 * that are a pure function of their index and must be fast.
 */
export function mix32(key: number, value: number): number {
  let hash = (key ^ Math.imul(value >>> 0, 0x9e3779b1)) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
