/** A folder or file of kept data that cannot be used, and what to do about it. */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
