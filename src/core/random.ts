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

/** A source that starts at the beginning of the sequence of a seed. */
export function createRandom(seed: string): Random {
  const state = new Uint32Array(keyedHash(seed, 'random').slice(0, 16).buffer);
  // An all-zero state would stay zero.
  if (state.every((word) => word === 0)) state[0] = 1;
  return randomFrom(state);
}

/** A source that continues from a position of another one. */
export const randomAt = (position: readonly number[]): Random => randomFrom(Uint32Array.from(position));

/** xoshiro128** (Blackman and Vigna, public domain algorithm). */
function randomFrom(state: Uint32Array): Random {
  function uint32(): number {
    // By index: destructuring a typed array creates an iterator, four of them for each id of a push.
    const a = state[0]!;
    const b = state[1]!;
    const c = state[2]!;
    const d = state[3]!;
    const times5 = Math.imul(b, 5);
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9) >>> 0;
    const shifted = b << 9;
    const c1 = c ^ a;
    const d1 = d ^ b;
    state[1] = b ^ c1;
    state[0] = a ^ d1;
    state[2] = c1 ^ shifted;
    state[3] = (d1 << 11) | (d1 >>> 21);
    return result;
  }

  return {
    uint32,
    fraction: () => uint32() / 4294967296,
    below: (below) => Math.floor((uint32() / 4294967296) * below),
    position: () => [state[0]!, state[1]!, state[2]!, state[3]!],
  };
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
