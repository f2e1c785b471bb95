import type { RegistrationNumber } from './registration.ts';

/** Small enough that pushes to a few scattered devices stay cheap. */
const PAGE_SIZE = 32;

/** The channels of devices, those of their users and the tokens without a device have separate pages. */
const LANES = 3;

/** Number and bytes of each page. Plain data. */
export type SavedRows = readonly (readonly [page: number, bytes: Uint8Array])[];

function pageOf(registration: RegistrationNumber): number {
  if (registration < 0) return Math.floor((-1 - registration) / PAGE_SIZE) * LANES + 2;
  return Math.floor(registration / 2 / PAGE_SIZE) * LANES + (registration % 2);
}

const rowOf = (registration: RegistrationNumber): number =>
  (registration < 0 ? -1 - registration : Math.floor(registration / 2)) % PAGE_SIZE;

function registrationAt(page: number, row: number): RegistrationNumber {
  const place = Math.floor(page / LANES) * PAGE_SIZE + row;
  const lane = page % LANES;
  return lane === 2 ? -1 - place : place * 2 + lane;
}

/**
 * A fixed number of bytes for each registration, in pages: pushes to every device of a large inventory create no objects.
 * A page without changes does not exist. The first byte of a row is 0 until the row is written.
 */
export class RegistrationRows {
  readonly #width: number;
  readonly #pages = new Map<number, DataView<ArrayBuffer>>();

  constructor(width: number) {
    this.#width = width;
  }

  /** Offset of the row of a registration in its page. */
  offset(registration: RegistrationNumber): number {
    return rowOf(registration) * this.#width;
  }

  page(registration: RegistrationNumber): DataView | undefined {
    return this.#pages.get(pageOf(registration));
  }

  /** The page, created if it does not exist. */
  touch(registration: RegistrationNumber): DataView {
    const number = pageOf(registration);
    const kept = this.#pages.get(number);
    if (kept !== undefined) return kept;
    const page = new DataView(new ArrayBuffer(this.#width * PAGE_SIZE));
    this.#pages.set(number, page);
    return page;
  }

  /** The registrations whose rows are written. */
  *written(): Generator<RegistrationNumber> {
    for (const [number, page] of this.#pages) {
      for (let row = 0; row < PAGE_SIZE; row += 1) {
        if (page.getUint8(row * this.#width) !== 0) yield registrationAt(number, row);
      }
    }
  }

  save(): SavedRows {
    return [...this.#pages].map(([number, page]) => [number, new Uint8Array(page.buffer.slice())]);
  }

  /** Of rows that are not written yet. */
  restore(pages: SavedRows): void {
    for (const [number, bytes] of pages) this.#pages.set(number, new DataView(new Uint8Array(bytes).buffer));
  }
}

const MINUTE = 60_000;

/** Pushes within the minute from `countedFrom`: virtual time, milliseconds since the epoch. */
export interface PushRate {
  readonly countedFrom: number;
  readonly counted: number;
}

/** Offsets of the members in a row. */
const WRITTEN = 0;
const COUNTED_FROM = 1;
const COUNTED = 9;
const RATE_WIDTH = 17;

/** How many pushes a registration had in the current minute, counted if something limits them. */
export class PushRates {
  readonly #rows = new RegistrationRows(RATE_WIDTH);

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

  /** Counts one push. */
  count(registration: RegistrationNumber, at: number): void {
    const { countedFrom, counted } = this.of(registration) ?? { countedFrom: 0, counted: 0 };
    const goesOn = at >= countedFrom && at - countedFrom < MINUTE;
    this.write(
      registration,
      goesOn ? { countedFrom, counted: counted + 1 } : { countedFrom: at, counted: 1 },
    );
  }

  /** The registrations whose pushes were counted. */
  registrations(): Iterable<RegistrationNumber> {
    return this.#rows.written();
  }

  save(): SavedRows {
    return this.#rows.save();
  }

  /** Of rates in their initial state. */
  restore(rows: SavedRows): void {
    this.#rows.restore(rows);
  }
}

export type PushRateReader = Omit<PushRates, 'write' | 'count' | 'restore'>;
