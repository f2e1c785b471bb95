import type { RegistrationNumber } from './registration.ts';
import { RegistrationRows, type SavedRows } from './registration-rows.ts';

const MINUTE = 60_000;

/** Pushes within the minute that began at `countedFrom`: virtual time, milliseconds since the epoch. */
export interface PushRate {
  readonly countedFrom: number;
  readonly counted: number;
}

/** Where the members of a row stand. */
const WRITTEN = 0;
const COUNTED_FROM = 1;
const COUNTED = 9;
const WIDTH = 17;

/** How many pushes a registration had lately, kept where something limits them. */
export class PushRates {
  readonly #rows = new RegistrationRows(WIDTH);

  of(registration: RegistrationNumber): PushRate | undefined {
    const page = this.#rows.page(registration);
    const row = this.#rows.offset(registration);
    if (page === undefined || page.getUint8(row + WRITTEN) === 0) return undefined;
    return { countedFrom: page.getFloat64(row + COUNTED_FROM), counted: page.getFloat64(row + COUNTED) };
  }

  write(registration: RegistrationNumber, { countedFrom, counted }: PushRate): void {
    const page = this.#rows.touch(registration);
    const row = this.#rows.offset(registration);
    page.setUint8(row + WRITTEN, 1);
    page.setFloat64(row + COUNTED_FROM, countedFrom);
    page.setFloat64(row + COUNTED, counted);
  }

  /** One more push. */
  count(registration: RegistrationNumber, at: number): void {
    const { countedFrom, counted } = this.of(registration) ?? { countedFrom: 0, counted: 0 };
    const goesOn = at >= countedFrom && at - countedFrom < MINUTE;
    this.write(
      registration,
      goesOn ? { countedFrom, counted: counted + 1 } : { countedFrom: at, counted: 1 },
    );
  }

  /** Those of which pushes were counted. */
  registrations(): Iterable<RegistrationNumber> {
    return this.#rows.written();
  }

  save(): SavedRows {
    return this.#rows.save();
  }

  /** Of registrations of which none were counted yet. */
  restore(rows: SavedRows): void {
    this.#rows.restore(rows);
  }
}
