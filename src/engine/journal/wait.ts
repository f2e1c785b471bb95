import type { ExchangeView } from '../matching/exchange-view.ts';
import type { WhereTest } from '../matching/where.ts';
import type { JournalEntry } from './entry.ts';
import type { Journal, JournalView } from './journal.ts';
import { exchangeView } from './view.ts';

export interface WaitFor {
  readonly view: JournalView;
  /** Operation name; undefined: all operations. */
  readonly operation?: string | undefined;
  readonly where?: WhereTest | undefined;
  /** Converts an entry to the view for `where`. Default: the recorded exchange. */
  readonly seenAs?: ((entry: JournalEntry) => ExchangeView) | undefined;
  /** Only entries with a larger `seq` count. */
  readonly after: number;
  readonly count: number;
  /** Real milliseconds. */
  readonly timeout: number;
  /** Gets a function that ends the wait early. Returns a function that is called when the wait is over. */
  readonly endable?: ((end: () => void) => () => void) | undefined;
}

export type Waited =
  | { readonly kind: 'seen'; readonly entries: readonly JournalEntry[] }
  | { readonly kind: 'timeout'; readonly entries: readonly JournalEntry[] }
  | { readonly kind: 'ended'; readonly entries: readonly JournalEntry[] };

/** Resolves when the journal has `count` matching entries, including earlier ones. */
export function waitForEntries(journal: Journal, wanted: WaitFor): Promise<Waited> {
  const { seenAs = exchangeView } = wanted;
  const found: JournalEntry[] = [];
  const take = (entry: JournalEntry): boolean => {
    if (entry.organization !== wanted.view) return false;
    if (wanted.operation !== undefined && entry.operation !== wanted.operation) return false;
    if (wanted.where !== undefined && !wanted.where(seenAs(entry))) return false;
    found.push(entry);
    return found.length >= wanted.count;
  };
  for (const entry of journal.entries(wanted.view, wanted.after)) {
    if (take(entry)) return Promise.resolve({ kind: 'seen', entries: found });
  }
  return new Promise((resolve) => {
    const timer = setTimeout(() => end('timeout'), wanted.timeout);
    const stop = journal.onEntry((entry) => {
      if (entry.seq > wanted.after && take(entry)) end('seen');
    });
    let over: (() => void) | undefined;
    over = wanted.endable?.(() => end('ended'));
    function end(kind: Waited['kind']): void {
      clearTimeout(timer);
      stop();
      over?.();
      resolve({ kind, entries: found });
    }
  });
}
