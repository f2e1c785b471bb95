/** So many streams that we have reset are remembered. */
const MOST = 1000;

/** What is still known of streams that are over. */
export class EndedStreams {
  readonly #reset = new Set<number>();
  #passedOver = { after: 0, before: 0 };

  /** We have reset a stream: what the peer sent on it before it knew is nothing to complain of. */
  reset(stream: number): void {
    this.#reset.add(stream);
    if (this.#reset.size <= MOST) return;
    for (const oldest of this.#reset) {
      this.#reset.delete(oldest);
      return;
    }
  }

  wasReset(stream: number): boolean {
    return this.#reset.has(stream);
  }

  /** Streams between two that were begun one after the other never were, and never can be: RFC 9113 section 5.1.1. */
  pass(after: number, before: number): void {
    if (before > after + 2) this.#passedOver = { after, before };
  }

  wasPassedOver(stream: number): boolean {
    return stream > this.#passedOver.after && stream < this.#passedOver.before;
  }
}
