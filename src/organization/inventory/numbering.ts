import { createIdentifierNumbers, type IdentifierNumbers } from './device-identifiers.ts';
import { createSerialNumbers, type SerialNumbers } from './serial-numbers.ts';

/** What the devices of an organization get their numbers from. By the seed alone: two organizations of one file look alike. */
export interface Numbering {
  readonly seed: string;
  readonly serialNumbers: SerialNumbers;
  readonly identifierNumbers: IdentifierNumbers;
}

export function createNumbering(seed: string): Numbering {
  return {
    seed,
    serialNumbers: createSerialNumbers(seed),
    identifierNumbers: createIdentifierNumbers(seed),
  };
}
