/** Plain data. */
export interface SavedSerials {
  readonly serials: readonly string[];
  readonly free: readonly number[];
}

/** Serial numbers that hold a licence, numbered; a number is given again once nothing is assigned to it. */
export class SerialRegister {
  readonly #serials: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #free: number[] = [];

  number(serial: string): number | undefined {
    return this.#numbers.get(serial);
  }

  serial(number: number): string {
    return this.#serials[number]!;
  }

  take(serial: string): number {
    const known = this.#numbers.get(serial);
    if (known !== undefined) return known;
    const number = this.#free.pop() ?? this.#serials.length;
    this.#serials[number] = serial;
    this.#numbers.set(serial, number);
    return number;
  }

  save(): SavedSerials {
    return { serials: [...this.#serials], free: [...this.#free] };
  }

  restore({ serials, free }: SavedSerials): void {
    this.#serials.length = 0;
    this.#numbers.clear();
    this.#free.length = 0;
    serials.forEach((serial, number) => {
      this.#serials.push(serial);
      this.#numbers.set(serial, number);
    });
    // The number of one that came free may have been given a second time since.
    for (const number of free) {
      this.#free.push(number);
      if (this.#numbers.get(serials[number]!) === number) this.#numbers.delete(serials[number]!);
    }
  }

  release(number: number): void {
    this.#numbers.delete(this.#serials[number]!);
    this.#free.push(number);
  }
}

export type SerialReader = Pick<SerialRegister, 'number' | 'serial'>;
