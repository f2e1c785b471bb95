import type { RateLimit } from './definition.ts';

/** What is left in a bucket, and the virtual time at which that was so. */
export interface Bucket {
  readonly left: number;
  readonly at: number;
}

/** Token buckets of one rate limit, by rate-limit key. */
export type Buckets = Map<string, Bucket>;

/** A bucket after one was taken from it. */
export type BucketUse = readonly [key: string, bucket: Bucket];

/** Full buckets carry no information. Beyond this number the bucket that was used longest ago is dropped. */
const MOST_BUCKETS = 10_000;

/**
 * Takes one from the bucket of each key, unless one of them is empty.
 *
 * @returns milliseconds until none is empty, 0 if one was taken; and the buckets that changed
 */
export function drawFromBuckets(
  buckets: ReadonlyMap<string, Bucket>,
  limit: RateLimit,
  keys: readonly string[],
  now: number,
): { readonly wait: number; readonly uses: readonly BucketUse[] } {
  const found = keys.map((key) => [key, leftIn(buckets.get(key), limit, now)] as const);
  const missing = Math.max(...found.map(([, left]) => 1 - left));
  if (missing > 0) return { wait: Math.ceil((missing * limit.per) / limit.requests), uses: [] };
  return { wait: 0, uses: found.map(([key, left]) => [key, { left: left - 1, at: now }]) };
}

export function takeFromBuckets(buckets: Buckets, uses: readonly BucketUse[]): void {
  for (const [key, bucket] of uses) {
    buckets.delete(key);
    buckets.set(key, bucket);
  }
  for (const key of buckets.keys()) {
    if (buckets.size <= MOST_BUCKETS) break;
    buckets.delete(key);
  }
}

function leftIn(bucket: Bucket | undefined, { requests, per }: RateLimit, now: number): number {
  if (bucket === undefined) return requests;
  // A clock that was set back fills nothing.
  const filled = (Math.max(0, now - bucket.at) * requests) / per;
  // Rounding errors must not take away a whole request.
  return Math.min(requests, Math.round((bucket.left + filled) * 1e6) / 1e6);
}
