import { type JournalDraft, type JournalEntry, keptSize } from './entry.ts';

/** Limits of the journal. Beyond them, it drops the oldest entries. */
export interface JournalBounds {
  readonly entries: number;
  readonly bytes: number;
}

export const JOURNAL_BOUNDS: JournalBounds = { entries: 10_000, bytes: 64 * 1024 * 1024 };

/** Id of an organization; `undefined` for requests whose credential no organization has. */
export type JournalView = string | undefined;

const ENTRY_OVERHEAD = 512;

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

function sizeOf({ request, response }: JournalDraft): number {
  let size = ENTRY_OVERHEAD + request.path.length + request.query.length + keptSize(request.body);
  for (const name in request.headers) size += name.length + (request.headers[name]?.length ?? 0);
  if (response !== undefined) size += keptSize(response.body);
  return size;
}

/** The most recent exchanges. Bounded by number and bytes; counts the dropped entries. */
export class Journal {
  readonly #bounds: JournalBounds;
  /** A queue that is shortened rarely: as fast as a ring buffer, and simpler. */
  #entries: JournalEntry[] = [];
  #sizes: number[] = [];
  #first = 0;
  #bytes = 0;
  #seq = 0;
  readonly #dropped = new Map<JournalView, number>();
  readonly #listeners = new Set<(entry: JournalEntry) => void>();

  constructor(bounds: JournalBounds = JOURNAL_BOUNDS) {
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#entries.length - this.#first;
  }

  /** Number of the newest entry. */
  get lastSeq(): number {
    return this.#seq;
  }

  dropped(view: JournalView): number {
    return this.#dropped.get(view) ?? 0;
  }

  /**
   * Records an exchange, and calls the listeners.
   *
   * @param onListenerError gets the error of a listener, which must not fail the request
   */
  record(draft: JournalDraft, onListenerError: (error: unknown) => void = throwLater): JournalEntry {
    this.#seq += 1;
    const { at, wallAt, organization, operation, transport, request, response, ended, why, fault } = draft;
    const entry: JournalEntry = {
      seq: this.#seq,
      at,
      wallAt,
      organization,
      operation,
      transport,
      request,
      response,
      ended,
      why,
      fault,
    };
    const size = sizeOf(draft);
    this.#entries.push(entry);
    this.#sizes.push(size);
    this.#bytes += size;
    while (this.size > this.#bounds.entries || (this.#bytes > this.#bounds.bytes && this.size > 1))
      this.#drop();
    for (const listener of this.#listeners) {
      try {
        listener(entry);
      } catch (error) {
        onListenerError(error);
      }
    }
    return entry;
  }

  #drop(): void {
    const entry = this.#entries[this.#first]!;
    this.#bytes -= this.#sizes[this.#first]!;
    this.#dropped.set(entry.organization, this.dropped(entry.organization) + 1);
    this.#entries[this.#first] = undefined as never;
    this.#first += 1;
    if (this.#first >= 1024 && this.#first * 2 >= this.#entries.length) {
      this.#entries = this.#entries.slice(this.#first);
      this.#sizes = this.#sizes.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Entries of one view with a `seq` above `after`, the oldest first. */
  *entries(view: JournalView, after = 0): Generator<JournalEntry> {
    let low = this.#first;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#entries[middle]!.seq <= after) low = middle + 1;
      else high = middle;
    }
    for (let index = low; index < this.#entries.length; index += 1) {
      const entry = this.#entries[index]!;
      if (entry.organization === view) yield entry;
    }
  }

  /** Removes the entries of one view, and resets its count of dropped entries. */
  forget(view: JournalView): void {
    const kept = this.#entries
      .slice(this.#first)
      .map((entry, index) => ({ entry, size: this.#sizes[this.#first + index]! }))
      .filter(({ entry }) => entry.organization !== view);
    this.#entries = kept.map(({ entry }) => entry);
    this.#sizes = kept.map(({ size }) => size);
    this.#bytes = this.#sizes.reduce((sum, size) => sum + size, 0);
    this.#first = 0;
    this.#dropped.delete(view);
  }

  /** @returns a function that removes the listener */
  onEntry(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
