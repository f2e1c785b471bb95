import type { RegistrationNumber } from './registration.ts';

/** Few enough that a push to one device here and one there is not dear. */
const PAGE_SIZE = 32;

/** The channels of devices, those of their users and the tokens of no device each have pages of their own. */
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
 * So many bytes for each registration, in pages of neighbors, so that what happens to every device of a large inventory
 * leaves no objects behind. A page of registrations that nothing happened to does not exist. The first byte of a row is
 * 0 until somebody writes to it.
 */
export class RegistrationRows {
  readonly #width: number;
  readonly #pages = new Map<number, DataView<ArrayBuffer>>();

  constructor(width: number) {
    this.#width = width;
  }

  /** Where the row of a registration begins in its page. */
  offset(registration: RegistrationNumber): number {
    return rowOf(registration) * this.#width;
  }

  page(registration: RegistrationNumber): DataView | undefined {
    return this.#pages.get(pageOf(registration));
  }

  /** The page, made at the first touch. */
  touch(registration: RegistrationNumber): DataView {
    const number = pageOf(registration);
    const kept = this.#pages.get(number);
    if (kept !== undefined) return kept;
    const page = new DataView(new ArrayBuffer(this.#width * PAGE_SIZE));
    this.#pages.set(number, page);
    return page;
  }

  /** Those whose row somebody wrote to. */
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

  /** Of rows to which nobody wrote yet. */
  restore(pages: SavedRows): void {
    for (const [number, bytes] of pages) this.#pages.set(number, new DataView(new Uint8Array(bytes).buffer));
  }
}
