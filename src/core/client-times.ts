import type { Clock } from './clock.ts';

export type ClientTimePolicy = 'wall' | 'virtual';

/** Enough for all requests that can present the same timestamp again. */
const REMEMBERED = 100_000;

/** Offsets between the real and the virtual clock, by timestamp. */
export interface OffsetStore {
  get(stamp: string): number | undefined;
  set(stamp: string, offset: number): void;
}

/** Adds an offset; the oldest is dropped beyond the bound. */
export function rememberOffset(offsets: Map<string, number>, stamp: string, offset: number): void {
  if (offsets.size >= REMEMBERED) {
    for (const oldest of offsets.keys()) {
      offsets.delete(oldest);
      break;
    }
  }
  offsets.set(stamp, offset);
}

function ownOffsets(): OffsetStore {
  const offsets = new Map<string, number>();
  return {
    get: (stamp) => offsets.get(stamp),
    set: (stamp, offset) => rememberOffset(offsets, stamp, offset),
  };
}

/**
 * Translates times that clients take from their own, real clock to virtual time. A timestamp keeps the offset that was
 * in force when it was first received, so that `advance 1h` ages what was stamped before.
 */
export class ClientTimes {
  readonly #clock: Clock;
  readonly #policy: ClientTimePolicy;
  readonly #offsets: OffsetStore;

  constructor(clock: Clock, policy: ClientTimePolicy, offsets: OffsetStore = ownOffsets()) {
    this.#clock = clock;
    this.#policy = policy;
    this.#offsets = offsets;
  }

  /**
   * @param stamp what identifies this timestamp: the nonce with its timestamp, the token
   * @param stampedAt the stamped time in milliseconds since the epoch
   * @returns the stamped time on the virtual clock
   */
  toVirtual(stamp: string, stampedAt: number): number {
    if (this.#policy === 'virtual') return stampedAt;
    let offset = this.#offsets.get(stamp);
    if (offset === undefined) {
      const wallNow = this.#clock.wallNow();
      offset = this.#clock.at(wallNow) - wallNow;
      this.#offsets.set(stamp, offset);
    }
    return stampedAt + offset;
  }
}
