/** A fault that cannot be set; nothing was. */
export class FaultTableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FaultTableError';
  }
}
