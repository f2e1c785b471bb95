/** Something that shall not take for ever. */
export interface Temporary {
  /** Called where it has. */
  expire(): void;
}

/**
 * Requests that have begun and are not answered. A timer for each would cost more than the rest of it: all are looked
 * through once per period, and those that were there the last time are over their time.
 */
export class Underway {
  readonly #period: number;
  #young = new Set<Temporary>();
  #old = new Set<Temporary>();
  #timer: NodeJS.Timeout | undefined;

  constructor(period: number) {
    this.#period = period;
  }

  add(request: Temporary): void {
    this.#young.add(request);
    this.#timer ??= setInterval(() => this.#sweep(), this.#period).unref();
  }

  delete(request: Temporary): void {
    if (!this.#young.delete(request)) this.#old.delete(request);
  }

  #sweep(): void {
    const expired = this.#old;
    this.#old = this.#young;
    this.#young = new Set();
    for (const request of expired) request.expire();
    if (this.#old.size === 0) this.close();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
