const NONE = -1;
const FIRST_CAPACITY = 2048;
const LOAD = 0.6;

/**
 * Numbers of texts that somebody else holds: open addressing in one flat column, as a map of hundreds of thousands of
 * texts costs more to grow than everything else that is done with them.
 */
export class TextIndex {
  readonly #texts: readonly string[];
  #numbers = new Int32Array(FIRST_CAPACITY).fill(NONE);
  #mask = FIRST_CAPACITY - 1;
  #size = 0;

  /** @param texts by number; a text must stand there while it is in the index */
  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  /** -1 where it is not there. */
  find(text: string): number {
    for (let place = this.#home(text); ; place = (place + 1) & this.#mask) {
      const number = this.#numbers[place]!;
      if (number === NONE || this.#texts[number] === text) return number;
    }
  }

  /** Of a text that is not there yet. */
  add(number: number): void {
    if (this.#size >= LOAD * this.#numbers.length) this.#grow();
    let place = this.#home(this.#texts[number]!);
    while (this.#numbers[place] !== NONE) place = (place + 1) & this.#mask;
    this.#numbers[place] = number;
    this.#size += 1;
  }

  /** What stood behind it moves up, so that no search ends too early. */
  delete(number: number): void {
    let hole = this.#home(this.#texts[number]!);
    while (this.#numbers[hole] !== number) {
      if (this.#numbers[hole] === NONE) return;
      hole = (hole + 1) & this.#mask;
    }
    for (
      let place = (hole + 1) & this.#mask;
      this.#numbers[place] !== NONE;
      place = (place + 1) & this.#mask
    ) {
      const home = this.#home(this.#texts[this.#numbers[place]!]!);
      if (((place - home) & this.#mask) >= ((place - hole) & this.#mask)) {
        this.#numbers[hole] = this.#numbers[place]!;
        hole = place;
      }
    }
    this.#numbers[hole] = NONE;
    this.#size -= 1;
  }

  clear(): void {
    this.#numbers.fill(NONE);
    this.#size = 0;
  }

  #home(text: string): number {
    let hash = 0x811c9dc5;
    for (let index = 0; index < text.length; index += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    return (hash ^ (hash >>> 13)) & this.#mask;
  }

  #grow(): void {
    const numbers = this.#numbers;
    this.#numbers = new Int32Array(numbers.length * 2).fill(NONE);
    this.#mask = this.#numbers.length - 1;
    this.#size = 0;
    for (const number of numbers) if (number !== NONE) this.add(number);
  }
}
