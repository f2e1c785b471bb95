const encoder = new TextEncoder();

/** UTF-8 takes three bytes at most for a unit of UTF-16. */
const LARGEST_UNIT = 3;

/**
 * Encodes a long body piece by piece. One long text of thousands of pieces would keep them all until its end, and
 * cost more to put together than they took to make.
 */
export class BodyWriter {
  #bytes: Uint8Array;
  #length = 0;

  /** @param expected bytes, where it can be told; more are taken when needed */
  constructor(expected: number) {
    this.#bytes = new Uint8Array(expected);
  }

  write(text: string): void {
    const needed = this.#length + text.length * LARGEST_UNIT;
    if (needed > this.#bytes.length) this.#grow(needed);
    this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }

  /** What was written. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
