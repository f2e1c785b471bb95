import type { Clock } from './clock.ts';

export type ClientTimePolicy = 'wall' | 'virtual';

/** Enough for the requests of any window in which a client may stamp a time again. */
const REMEMBERED = 100_000;

/**
 * Carries times that clients stamp by their own, real clock into virtual time. The offset that was in force
 * when a stamp was first received stays with it, so that `advance 1h` really ages what was stamped before.
 */
export class ClientTimes {
  readonly #clock: Clock;
  readonly #policy: ClientTimePolicy;
  readonly #offsets = new Map<string, number>();
  #listener: ((stamp: string, offset: number) => void) | undefined;

  constructor(clock: Clock, policy: ClientTimePolicy) {
    this.#clock = clock;
    this.#policy = policy;
  }

  /**
   * @param stamp what makes this stamp itself and no other: the nonce with its timestamp, the token
   * @param stampedAt the stamped time in milliseconds since the epoch
   * @returns the stamped time on the virtual clock
   */
  carry(stamp: string, stampedAt: number): number {
    if (this.#policy === 'virtual') return stampedAt;
    let offset = this.#offsets.get(stamp);
    if (offset === undefined) {
      const wallNow = this.#clock.wallNow();
      offset = this.#clock.at(wallNow) - wallNow;
      if (this.#offsets.size >= REMEMBERED) {
        for (const oldest of this.#offsets.keys()) {
          this.#offsets.delete(oldest);
          break;
        }
      }
      this.#offsets.set(stamp, offset);
      this.#listener?.(stamp, offset);
    }
    return stampedAt + offset;
  }

  /** Tells of each stamp when it is first received. One listener at a time. @returns how to stop */
  onFirst(listener: (stamp: string, offset: number) => void): () => void {
    this.#listener = listener;
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  forget(): void {
    this.#offsets.clear();
  }

  /** Stamps that were received, and the offset of each. */
  get offsets(): ReadonlyMap<string, number> {
    return this.#offsets;
  }

  resume(offsets: Iterable<readonly [stamp: string, offset: number]>): void {
    for (const [stamp, offset] of offsets) this.#offsets.set(stamp, offset);
  }
}
