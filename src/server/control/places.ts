/** A bounded number of places, for what holds memory while it lasts. */
export class Places {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get most(): number {
    return this.#most;
  }

  get taken(): number {
    return this.#taken;
  }

  get full(): boolean {
    return this.#taken >= this.#most;
  }

  /** @returns how to leave it again, or undefined where none is free */
  take(): (() => void) | undefined {
    if (this.full) return undefined;
    this.#taken += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#taken -= 1;
    };
  }
}
