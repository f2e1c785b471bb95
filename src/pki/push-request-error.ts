/** A request for a push certificate that the portal would not take. */
export class PushRequestError extends Error {
  override readonly name = 'PushRequestError';
  /** What to do about it. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
