const FIRST = 1024;

/** A body that comes in pieces, kept in one buffer: a piece of a byte shall cost no more than a byte. */
export class GrowingBody {
  #bytes: Buffer;
  #length = 0;

  /** @param expected how long it will be, where the sender has said so */
  constructor(expected: number, largest: number) {
    this.#bytes = Buffer.allocUnsafe(Math.min(Math.max(expected, FIRST), largest, 64 * FIRST));
  }

  add(bytes: Buffer, from: number, to: number): void {
    const length = this.#length + to - from;
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, length));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    bytes.copy(this.#bytes, this.#length, from, to);
    this.#length = length;
  }

  whole(): Uint8Array {
    const isFull = this.#length * 2 >= this.#bytes.length;
    const bytes = this.#bytes.subarray(0, this.#length);
    return isFull ? bytes : Buffer.from(bytes);
  }
}
