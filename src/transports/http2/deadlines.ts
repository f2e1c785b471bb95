/** Something that must complete within the period of its list. */
export abstract class WithDeadline {
  /** Neighbors in the list. */
  previous: WithDeadline | undefined;
  next: WithDeadline | undefined;
  /** The number of the sweep before which it was added; undefined while it is not in the list. */
  addedBefore: number | undefined;

  /** Called when it did not complete in time. */
  abstract expire(): void;
}

/**
 * Requests that are being received. A timer for each would cost more than everything else, so one timer looks at all of
 * them once per period and expires those that were there the last time. The list links the requests themselves: a Set
 * through which so many pass is reallocated again and again, and each former copy keeps its requests from the collector
 * of short-lived objects.
 */
export class DeadlineList {
  readonly #period: number;
  #newest: WithDeadline | undefined;
  #sweeps = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param period in real milliseconds */
  constructor(period: number) {
    this.#period = period;
  }

  add(item: WithDeadline): void {
    item.addedBefore = this.#sweeps;
    item.previous = this.#newest;
    if (this.#newest !== undefined) this.#newest.next = item;
    this.#newest = item;
    this.#timer ??= setInterval(() => this.#sweep(), this.#period).unref();
  }

  delete(item: WithDeadline): void {
    if (item.addedBefore === undefined) return;
    const { previous, next } = item;
    if (previous !== undefined) previous.next = next;
    if (next === undefined) this.#newest = previous;
    else next.previous = previous;
    item.previous = undefined;
    item.next = undefined;
    item.addedBefore = undefined;
  }

  #sweep(): void {
    const expired: WithDeadline[] = [];
    for (let item = this.#newest; item !== undefined; item = item.previous) {
      if (item.addedBefore! < this.#sweeps) expired.push(item);
    }
    this.#sweeps += 1;
    for (const item of expired.reverse()) item.expire();
    if (this.#newest === undefined) this.close();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
