/** A fault that cannot be set. */
export class FaultTableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FaultTableError';
  }
}
