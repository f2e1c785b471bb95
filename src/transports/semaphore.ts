/** A bounded number of holders. Acquiring fails when it is full. */
export class Semaphore {
  readonly limit: number;
  #held = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get held(): number {
    return this.#held;
  }

  get isFull(): boolean {
    return this.#held >= this.limit;
  }

  /** @returns a function that releases it; undefined if the semaphore is full */
  tryAcquire(): (() => void) | undefined {
    if (this.isFull) return undefined;
    this.#held += 1;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#held -= 1;
    };
  }
}

/** Runs at most `limit` tasks per key at a time. The others wait in a list, first in, first out. */
export class KeyedSemaphore {
  readonly #limit: number;
  readonly #running = new Map<string, number>();
  readonly #waitLists = new Map<string, (() => void)[]>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  async run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const running = this.#running.get(key) ?? 0;
    if (running < this.#limit) this.#running.set(key, running + 1);
    else await this.#wait(key);
    try {
      return await task();
    } finally {
      this.#release(key);
    }
  }

  #wait(key: string): Promise<void> {
    return new Promise((resolve) => {
      const waitList = this.#waitLists.get(key);
      if (waitList === undefined) this.#waitLists.set(key, [resolve]);
      else waitList.push(resolve);
    });
  }

  /** The first in the wait list runs next. A key without tasks is removed. */
  #release(key: string): void {
    const next = this.#waitLists.get(key)?.shift();
    if (next !== undefined) {
      next();
      return;
    }
    this.#waitLists.delete(key);
    const running = this.#running.get(key)! - 1;
    if (running === 0) this.#running.delete(key);
    else this.#running.set(key, running);
  }
}
