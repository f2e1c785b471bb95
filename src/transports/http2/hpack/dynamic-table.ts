/** What an entry counts beside its text: RFC 7541 section 4.1. */
export const ENTRY_OVERHEAD = 32;

/** So many texts that fell out are kept in the way before the rest is moved up. */
const MOST_FALLEN = 256;

/** The fields that a peer may refer to by a number, the latest first (RFC 7541 section 2.3.2). */
export class DynamicTable {
  /** Name and value in turn, the oldest first; before `#first` they have fallen out. */
  readonly #texts: string[] = [];
  #first = 0;
  #size = 0;
  #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get length(): number {
    return (this.#texts.length - this.#first) / 2;
  }

  /** @param index 0 of the latest */
  name(index: number): string {
    return this.#texts[this.#texts.length - 2 - 2 * index]!;
  }

  value(index: number): string {
    return this.#texts[this.#texts.length - 1 - 2 * index]!;
  }

  add(name: string, value: string): void {
    this.#size += name.length + value.length + ENTRY_OVERHEAD;
    this.#texts.push(name, value);
    this.#evict();
  }

  resize(limit: number): void {
    this.#limit = limit;
    this.#evict();
  }

  #evict(): void {
    while (this.#size > this.#limit) {
      this.#size -= this.#texts[this.#first]!.length + this.#texts[this.#first + 1]!.length + ENTRY_OVERHEAD;
      this.#texts[this.#first] = '';
      this.#texts[this.#first + 1] = '';
      this.#first += 2;
    }
    if (this.#first < MOST_FALLEN) return;
    this.#texts.splice(0, this.#first);
    this.#first = 0;
  }
}
