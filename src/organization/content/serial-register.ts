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

  release(number: number): void {
    this.#numbers.delete(this.#serials[number]!);
    this.#free.push(number);
  }
}

export type SerialReader = Pick<SerialRegister, 'number' | 'serial'>;
