/** The end of a server, for whatever would outlast it: what waits, what listens. */
export class Ending {
  readonly #ends = new Set<() => void>();
  #over = false;

  /** @returns how to say that it has ended by itself */
  before(end: () => void): () => void {
    if (this.#over) end();
    else this.#ends.add(end);
    return () => this.#ends.delete(end);
  }

  end(): void {
    this.#over = true;
    for (const end of this.#ends) end();
    this.#ends.clear();
  }
}
