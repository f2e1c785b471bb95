interface Item {
  readonly at: number;
  readonly order: number;
  readonly run: (at: number) => void;
}

/** Tasks at virtual times, run in the order of time, and of scheduling for equal times. */
export class Scheduler {
  readonly #items: Item[] = [];
  #order = 0;

  get size(): number {
    return this.#items.length;
  }

  /** @param at virtual time in milliseconds since the epoch */
  schedule(at: number, run: (at: number) => void): void {
    const item = { at, order: this.#order, run };
    this.#order += 1;
    let index = this.#items.length;
    while (index > 0 && this.#items[index - 1]!.at > at) index -= 1;
    this.#items.splice(index, 0, item);
  }

  /** Runs everything that is due, also tasks that become due meanwhile. */
  runDue(now: number): void {
    for (let item = this.#items[0]; item !== undefined && item.at <= now; item = this.#items[0]) {
      this.#items.shift();
      item.run(item.at);
    }
  }

  clear(): void {
    this.#items.length = 0;
  }
}
