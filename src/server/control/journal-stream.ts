import type { JournalEntry } from '../../engine/journal/entry.ts';
import type { Journal, JournalView } from '../../engine/journal/journal.ts';
import type { Semaphore } from '../../transports/semaphore.ts';
import { ControlError } from './control-error.ts';
import { entryText, UNCLAIMED } from './journal.ts';
import { after } from './query.ts';
import { reply } from './reply.ts';
import { route } from './route.ts';
import { text } from './schema.ts';

const HEARTBEAT = 15_000;

export const streamJournal = route({
  name: 'journal.stream',
  scope: 'organization',
  method: 'GET',
  path: 'journal/stream',
  about:
    'The journal as server-sent events, one message per entry. `Last-Event-ID` continues an interrupted stream',
  query: { after, unclaimed: UNCLAIMED },
  response: {
    about:
      'messages with entries as in `GET journal`, and events `dropped` with the number of missed entries',
    type: 'text/event-stream',
    schema: text(),
  },
  handler({ context: { apple, options, streams }, request, tenant, query }) {
    if (streams.isFull) {
      throw new ControlError(429, `${streams.limit} streams are open already`, 'close some of them first');
    }
    const stream = openJournalStream({
      journal: apple.journal,
      view: query.unclaimed ? undefined : tenant.id,
      after: lastEventId(request.headers['last-event-id']) ?? query.after,
      secrets: options.showSecrets,
      heartbeat: HEARTBEAT,
      semaphore: streams,
    });
    return reply(200, 'text/event-stream; charset=utf-8', stream);
  },
});

/** @throws ControlError for a value that is not the number of an entry */
function lastEventId(given: string | undefined): number | undefined {
  if (given === undefined || given.trim() === '') return undefined;
  if (/^\d{1,15}$/.test(given.trim())) return Number(given);
  throw new ControlError(
    400,
    'the Last-Event-ID header is not a number',
    'send the `id` of the last message',
  );
}

interface StreamOptions {
  readonly journal: Journal;
  readonly view: JournalView;
  readonly after: number;
  readonly secrets: boolean;
  /** Real milliseconds of silence after which a comment is sent. */
  readonly heartbeat: number;
  readonly semaphore: Semaphore;
}

/** Characters of one chunk: a slow reader must not cause a copy of the entire journal. */
const CHUNK = 256 * 1024;

const encoder = new TextEncoder();

const DONE = { done: true, value: undefined } as const;

/** Journal entries as server-sent events. Listens from the first read until the reader returns. */
export function openJournalStream(options: StreamOptions): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => new JournalStream(options) };
}

/**
 * Keeps a position in the journal instead of a queue. Entries that a slow reader misses are dropped from the journal,
 * within its bounds, and counted.
 */
class JournalStream implements AsyncIterator<Uint8Array> {
  readonly #options: StreamOptions;
  readonly #stop: () => void;
  readonly #release: (() => void) | undefined;
  /** Number of the last entry that was sent or skipped. */
  #position: number;
  /** Entries after that position, including those dropped since. */
  #due = 0;
  #isOpened = false;
  #ended = false;
  #wake: () => void = () => {};
  #lastRead: Promise<unknown> = Promise.resolve();

  constructor(options: StreamOptions) {
    const { journal, view, after, semaphore } = options;
    this.#options = options;
    // Numbers restart with each server; the reader may have a number of a previous server.
    this.#position = Math.min(after, journal.lastSeq);
    for (const _ of journal.entries(view, this.#position)) this.#due += 1;
    this.#release = semaphore.tryAcquire();
    this.#ended = this.#release === undefined;
    this.#stop = this.#ended ? () => {} : journal.onEntry((entry) => this.#onEntry(entry));
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const read = this.#lastRead.then(() => this.#next());
    this.#lastRead = read;
    return read;
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    this.#ended = true;
    this.#stop();
    this.#release?.();
    this.#wake();
    return DONE;
  }

  #onEntry({ organization }: JournalEntry): void {
    if (organization !== this.#options.view) return;
    this.#due += 1;
    this.#wake();
  }

  async #next(): Promise<IteratorResult<Uint8Array>> {
    if (this.#ended) return DONE;
    if (!this.#isOpened) {
      // Sent immediately, so the reader sees that the stream is open.
      this.#isOpened = true;
      return chunk(': the journal\n\n');
    }
    const silent = this.#due === 0 && (await this.#silence());
    if (this.#ended) return DONE;
    return chunk(silent ? ': still here\n\n' : this.#read());
  }

  /** True if no entry arrives before a heartbeat is due. */
  #silence(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), this.#options.heartbeat);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(false);
      };
    });
  }

  #read(): string {
    const { journal, view, secrets } = this.#options;
    const entries = [...journal.entries(view, this.#position)];
    const missed = this.#due - entries.length;
    let text = missed > 0 ? `event: dropped\ndata: {"dropped":${missed}}\n\n` : '';
    let sent = 0;
    for (const entry of entries) {
      text += `id: ${entry.seq}\ndata: ${entryText(entry, secrets ? undefined : journal.masks)}\n\n`;
      sent += 1;
      if (text.length >= CHUNK) break;
    }
    this.#position = sent < entries.length ? entries[sent - 1]!.seq : journal.lastSeq;
    this.#due = entries.length - sent;
    return text;
  }
}

const chunk = (text: string): IteratorResult<Uint8Array> => ({ done: false, value: encoder.encode(text) });
