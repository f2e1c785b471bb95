/** Something that shall not take for ever. */
export abstract class Temporary {
  /** In the list of those under way. */
  previous: Temporary | undefined;
  next: Temporary | undefined;
  /** The sweep before which it came; undefined where it is not under way. */
  since: number | undefined;

  /** Called where it has. */
  abstract expire(): void;
}

/**
 * Requests that have begun and are not answered. A timer for each would cost more than the rest of it: all are looked
 * through once per period, and those that were there the last time are over their time. A list through the requests
 * themselves: a Set that so many pass through is made anew time and again, and each former one keeps what was in it
 * from the collector of short-lived objects.
 */
export class Underway {
  readonly #period: number;
  #newest: Temporary | undefined;
  #sweeps = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(period: number) {
    this.#period = period;
  }

  add(request: Temporary): void {
    request.since = this.#sweeps;
    request.previous = this.#newest;
    if (this.#newest !== undefined) this.#newest.next = request;
    this.#newest = request;
    this.#timer ??= setInterval(() => this.#sweep(), this.#period).unref();
  }

  delete(request: Temporary): void {
    if (request.since === undefined) return;
    const { previous, next } = request;
    if (previous !== undefined) previous.next = next;
    if (next === undefined) this.#newest = previous;
    else next.previous = previous;
    request.previous = undefined;
    request.next = undefined;
    request.since = undefined;
  }

  #sweep(): void {
    const expired: Temporary[] = [];
    for (let request = this.#newest; request !== undefined; request = request.previous) {
      if (request.since! < this.#sweeps) expired.push(request);
    }
    this.#sweeps += 1;
    for (const request of expired.reverse()) request.expire();
    if (this.#newest === undefined) this.close();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
