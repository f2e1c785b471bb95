import type { RateLimit } from './definition.ts';

/** A bucket as it stands: whose it is, what is left in it, and at what virtual time that was so. */
export type SavedBucket = readonly [taker: string, left: number, at: number];

/** Buckets that are full again say nothing; beyond so many the one that was used longest ago is forgotten. */
const MOST_BUCKETS = 10_000;

/** Token buckets of one rate limit. */
export class Buckets {
  readonly #limit: RateLimit;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(limit: RateLimit, saved: readonly SavedBucket[] = []) {
    this.#limit = limit;
    for (const [taker, left, at] of saved) this.#buckets.set(taker, { left, at });
  }

  /**
   * Takes one from the bucket of each, unless one of them is empty.
   *
   * @returns milliseconds until none is empty; 0 where one was taken
   */
  take(takers: readonly string[], now: number): number {
    const { requests, per } = this.#limit;
    const found = takers.map((taker) => ({ taker, left: this.#leftIn(taker, now) }));
    const missing = Math.max(...found.map(({ left }) => 1 - left));
    if (missing > 0) return Math.ceil((missing * per) / requests);
    for (const { taker, left } of found) {
      this.#buckets.delete(taker);
      this.#buckets.set(taker, { left: left - 1, at: now });
    }
    for (const taker of this.#buckets.keys()) {
      if (this.#buckets.size <= MOST_BUCKETS) break;
      this.#buckets.delete(taker);
    }
    return 0;
  }

  #leftIn(taker: string, now: number): number {
    const { requests, per } = this.#limit;
    const bucket = this.#buckets.get(taker);
    if (bucket === undefined) return requests;
    // A clock that was put back fills nothing.
    const filled = (Math.max(0, now - bucket.at) * requests) / per;
    // Parts of a request that only rounding left out are there.
    return Math.min(requests, Math.round((bucket.left + filled) * 1e6) / 1e6);
  }

  save(): readonly SavedBucket[] {
    return [...this.#buckets].map(([taker, { left, at }]) => [taker, left, at]);
  }
}
