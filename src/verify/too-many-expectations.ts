/** More expectations than are followed; none of them was taken in. */
export class TooManyExpectations extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TooManyExpectations';
  }
}
