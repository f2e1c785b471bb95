/** A state that cannot be: what it says does not go with what there is. */
export class StateError extends Error {
  override readonly name = 'StateError';
  /** Members that lead to what is wrong. */
  readonly path: readonly (string | number)[];

  constructor(path: readonly (string | number)[], message: string) {
    super(message);
    this.path = path;
  }
}
