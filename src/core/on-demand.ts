/** What is loaded when somebody asks for it first, and stays from then on. */
export class OnDemand<Loaded> {
  readonly #load: () => Promise<Loaded>;
  #coming: Promise<Loaded> | undefined;
  #value: Loaded | undefined;

  constructor(load: () => Promise<Loaded>) {
    this.#load = load;
  }

  /** Undefined until it has come. */
  get value(): Loaded | undefined {
    return this.#value;
  }

  /** The same promise for everybody, unless it failed: then the next one tries again. */
  load(): Promise<Loaded> {
    if (this.#coming !== undefined) return this.#coming;
    const coming = this.#load();
    this.#coming = coming;
    // The first to hear of it: those who waited for it go on before anybody finds it there.
    coming.then(
      (value) => {
        this.#value = value;
      },
      () => {
        this.#coming = undefined;
      },
    );
    return coming;
  }
}
