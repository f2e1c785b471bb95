import type { JournalEntry } from '../../engine/journal/entry.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { Ending } from './shutdown.ts';

/** Statuses come from faults too, so that pairs could be many. */
const MOST_PAIRS = 1000;

export interface ExchangeCount {
  readonly operation: string;
  readonly status: string;
  count: number;
}

/** Counts what the journal takes in, by operation and status, from when it is made on. */
export class ExchangeCounters {
  readonly #pairs = new Map<string, ExchangeCount>();
  #faults = 0;

  constructor(journal: Journal, ending: Ending) {
    ending.before(journal.onEntry((entry) => this.#count(entry)));
  }

  get exchanges(): readonly ExchangeCount[] {
    return [...this.#pairs.values()];
  }

  get faultsApplied(): number {
    return this.#faults;
  }

  #count({ operation = 'none', response, fault }: JournalEntry): void {
    if (fault !== undefined) this.#faults += 1;
    this.#pair(operation, response === undefined ? 'none' : String(response.status)).count += 1;
  }

  #pair(operation: string, status: string): ExchangeCount {
    const key = `${operation} ${status}`;
    const known = this.#pairs.get(key);
    if (known !== undefined) return known;
    if (this.#pairs.size >= MOST_PAIRS && status !== 'other') return this.#pair('other', 'other');
    const pair = { operation, status, count: 0 };
    this.#pairs.set(key, pair);
    return pair;
  }
}
