/** An action that cannot be done; nothing of it was. */
export class ActionError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = 'ActionError';
    this.hint = hint;
  }
}
