import { keyedHash, upperHex } from './keyed-hash.ts';
import { organizationTag, TAG_DIGITS } from './organization-tag.ts';

/**
 * Identifiers of one organization, each a pure function of (seed, organization, what it is for): the same
 * scenario, seed, id and requests give the same identifiers, two organizations never share one.
 */
export class Identifiers {
  /** What the credentials of the organization carry at the places that `organizationTag` lists. */
  readonly tag: string;
  readonly #key: string;
  readonly #counters = new Map<string, number>();

  constructor(seed: string, organization: string) {
    this.tag = organizationTag(organization);
    this.#key = `${seed}\u0000${organization}`;
  }

  /** 32 bytes that belong to `label` for good. */
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

  /** The label of the next thing of its kind: `profile#1`, `profile#2`, … */
  next(kind: string): string {
    const count = (this.#counters.get(kind) ?? 0) + 1;
    this.#counters.set(kind, count);
    return `${kind}#${count}`;
  }

  /** Back to the first of every kind. */
  restart(): void {
    this.#counters.clear();
  }

  /** How many of each kind there were. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counters;
  }

  /** Goes on from other counts. */
  resume(counts: Iterable<readonly [kind: string, count: number]>): void {
    for (const [kind, count] of counts) this.#counters.set(kind, count);
  }
}
