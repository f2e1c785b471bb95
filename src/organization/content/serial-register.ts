import { TextIndex } from './text-index.ts';

/** Plain data. */
export interface SavedSerials {
  readonly serials: readonly string[];
  readonly free: readonly number[];
}

/** Serial numbers that hold a license, numbered; a number is given again once nothing is assigned to it. */
export class SerialRegister {
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
      // One that came free may stand there a second time, under the number that it has now.
      if (!vacant.has(number)) this.#numbers.add(number);
    });
    for (const number of free) this.#free.push(number);
  }

  release(number: number): void {
    this.#numbers.delete(number);
    this.#free.push(number);
  }
}

export type SerialReader = Pick<SerialRegister, 'number' | 'serial' | 'save'>;
