import { keyedHash } from '../../core/keyed-hash.ts';
import { createIdentifierNumbers, type IdentifierNumbers } from './device-identifiers.ts';
import { createSerialNumbers, type SerialNumbers } from './serial-numbers.ts';

/** What the devices of an organization get their numbers from. By the seed alone: two organizations of one file look alike. */
export interface Numbering {
  /** 32 bits of the seed, for what is picked and need not be told apart. */
  readonly seedWord: number;
  readonly serialNumbers: SerialNumbers;
  readonly identifierNumbers: IdentifierNumbers;
}

/** Organizations of one file come by the hundred: what only their seed decides is made once. */
const MOST_KEPT = 16;
const kept = new Map<string, Numbering>();

export function createNumbering(seed: string): Numbering {
  const known = kept.get(seed);
  if (known !== undefined) return known;
  const numbering = makeNumbering(seed);
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
  kept.set(seed, numbering);
  return numbering;
}

function makeNumbering(seed: string): Numbering {
  return {
    seedWord: new DataView(keyedHash(seed, 'inventory').slice().buffer).getUint32(0),
    serialNumbers: createSerialNumbers(seed),
    identifierNumbers: createIdentifierNumbers(seed),
  };
}
