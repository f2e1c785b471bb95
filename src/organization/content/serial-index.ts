const NONE = -1;
const FIRST_CAPACITY = 2048;
const LOAD = 0.6;

/**
 * Numbers of texts: open addressing in one flat column. A Map of hundreds of thousands of texts is slower to grow than
 * everything else that is done with them.
 */
class TextIndex {
  readonly #texts: readonly string[];
  #numbers = new Int32Array(FIRST_CAPACITY).fill(NONE);
  #mask = FIRST_CAPACITY - 1;
  #size = 0;

  /** @param texts by number; a text must stay there while it is in the index */
  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  /** -1 if the text has no number. */
  find(text: string): number {
    for (let place = this.#home(text); ; place = (place + 1) & this.#mask) {
      const number = this.#numbers[place]!;
      if (number === NONE || this.#texts[number] === text) return number;
    }
  }

  /** Of a text that is not in the index. */
  add(number: number): void {
    if (this.#size >= LOAD * this.#numbers.length) this.#grow();
    let place = this.#home(this.#texts[number]!);
    while (this.#numbers[place] !== NONE) place = (place + 1) & this.#mask;
    this.#numbers[place] = number;
    this.#size += 1;
  }

  /** Later entries move up, so that no search ends too early. */
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

/** Plain data. */
export interface SavedSerials {
  readonly serials: readonly string[];
  readonly free: readonly number[];
}

/** Serial numbers that have a license, numbered. A number is used again once nothing is assigned to it. */
export class SerialIndex {
  readonly #serials: string[] = [];
  readonly #numbers = new TextIndex(this.#serials);
  readonly #free: number[] = [];

  number(serial: string): number | undefined {
    const number = this.#numbers.find(serial);
    return number < 0 ? undefined : number;
  }

  serial(number: number): string {
    return this.#serials[number]!;
  }

  take(serial: string): number {
    const known = this.#numbers.find(serial);
    if (known >= 0) return known;
    const number = this.#free.pop() ?? this.#serials.length;
    this.#serials[number] = serial;
    this.#numbers.add(number);
    return number;
  }

  save(): SavedSerials {
    return { serials: [...this.#serials], free: [...this.#free] };
  }

  restore({ serials, free }: SavedSerials): void {
    this.#serials.length = 0;
    this.#numbers.clear();
    this.#free.length = 0;
    const vacant = new Set(free);
    serials.forEach((serial, number) => {
      this.#serials.push(serial);
      // A free serial number may occur a second time, with its current number.
      if (!vacant.has(number)) this.#numbers.add(number);
    });
    for (const number of free) this.#free.push(number);
  }

  release(number: number): void {
    this.#numbers.delete(number);
    this.#free.push(number);
  }
}

export type SerialReader = Pick<SerialIndex, 'number' | 'serial' | 'save'>;
