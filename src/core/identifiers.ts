import { keyedHash, upperHex } from './keyed-hash.ts';
import { organizationTag, TAG_DIGITS } from './organization-tag.ts';

/** How many labels of each kind were handed out. */
export interface Counters {
  count(kind: string): number;
  set(kind: string, count: number): void;
}

function ownCounters(): Counters {
  const counts = new Map<string, number>();
  return { count: (kind) => counts.get(kind) ?? 0, set: (kind, count) => counts.set(kind, count) };
}

/**
 * Identifiers of one organization, each a pure function of seed, organization and label: the same scenario, seed, id
 * and requests give the same identifiers, and two organizations never share one.
 */
export class Identifiers {
  /** What the credentials of the organization carry at the places that `organizationTag` lists. */
  readonly tag: string;
  readonly #key: string;
  readonly #counters: Counters;

  constructor(seed: string, organization: string, counters: Counters = ownCounters()) {
    this.tag = organizationTag(organization);
    this.#key = `${seed}\u0000${organization}`;
    this.#counters = counters;
  }

  /** 32 bytes that always belong to `label`. */
  bytes(label: string): Uint8Array {
    return keyedHash(this.#key, label);
  }

  /** Upper-case hexadecimal, at most 64 digits. */
  hex(label: string, digits: number): string {
    return upperHex(this.bytes(label)).slice(0, digits);
  }

  /** Hexadecimal digits in lower case, at most 64, of which the first six are the tag of the organization. */
  taggedHex(label: string, digits: number): string {
    return this.tag + this.hex(label, digits).slice(TAG_DIGITS).toLowerCase();
  }

  /** In the form of a UUID, lower case. */
  uuid(label: string): string {
    const digits = this.hex(label, 32).toLowerCase();
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  /** The next label of a kind: `profile#1`, `profile#2`, … */
  next(kind: string): string {
    const count = this.#counters.count(kind) + 1;
    this.#counters.set(kind, count);
    return `${kind}#${count}`;
  }
}
