import type { WhereTest } from '../../matching/where.ts';
import type { Organization } from '../../organization/organization.ts';
import { rememberedExchange } from '../exchanged.ts';
import type { JournalEntry } from './entry.ts';
import type { Journal, JournalView } from './journal.ts';

export interface WaitFor {
  readonly view: JournalView;
  /** Whom matchers ask that know the domain. */
  readonly organization: Organization;
  /** Operation name; undefined takes all. */
  readonly operation?: string | undefined;
  readonly where?: WhereTest | undefined;
  /** Entries with larger numbers count. */
  readonly after: number;
  readonly count: number;
  /** Real milliseconds. */
  readonly timeout: number;
}

export type Waited =
  | { readonly kind: 'seen'; readonly entries: readonly JournalEntry[] }
  | { readonly kind: 'timeout'; readonly entries: readonly JournalEntry[] };

/** Settles when so many matching entries are there, those that are already kept included. */
export function waitForEntries(journal: Journal, wanted: WaitFor): Promise<Waited> {
  const found: JournalEntry[] = [];
  const take = (entry: JournalEntry): boolean => {
    if (entry.organization !== wanted.view) return false;
    if (wanted.operation !== undefined && entry.operation !== wanted.operation) return false;
    if (wanted.where !== undefined && !wanted.where(rememberedExchange(entry, wanted.organization).view))
      return false;
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
    function end(kind: Waited['kind']): void {
      clearTimeout(timer);
      stop();
      resolve({ kind, entries: found });
    }
  });
}
