import { keyedHash } from '../../core/keyed-hash.ts';
import { createIdentifierNumbers, type IdentifierNumbers } from './device-identifiers.ts';
import { createSerialNumbers, type SerialNumbers } from './serial-numbers.ts';

/** The source of serial numbers and identifiers. It depends on the seed only: organizations of one file look alike. */
export interface Numbering {
  /** 32 bits of the seed, for choices that need not be unique. */
  readonly seedWord: number;
  readonly serialNumbers: SerialNumbers;
  readonly identifierNumbers: IdentifierNumbers;
}

/** Tests create hundreds of organizations with one seed. Their numbering is computed once. */
const MOST_CACHED = 16;
const cache = new Map<string, Numbering>();

export function createNumbering(seed: string): Numbering {
  const known = cache.get(seed);
  if (known !== undefined) return known;
  const numbering = makeNumbering(seed);
  if (cache.size >= MOST_CACHED) cache.delete(cache.keys().next().value!);
  cache.set(seed, numbering);
  return numbering;
}

function makeNumbering(seed: string): Numbering {
  return {
    seedWord: new DataView(keyedHash(seed, 'inventory').slice().buffer).getUint32(0),
    serialNumbers: createSerialNumbers(seed),
    identifierNumbers: createIdentifierNumbers(seed),
  };
}
