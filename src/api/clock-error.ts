/** A clock that cannot be set so; it was left as it was. */
export class ClockError extends RangeError {
  constructor(message: string) {
    super(message);
    this.name = 'ClockError';
  }
}
