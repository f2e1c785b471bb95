import type { JournalEntry } from '../../engine/journal/entry.ts';
import type { Journal, JournalView } from '../../engine/journal/journal.ts';
import type { Places } from './places.ts';
import { entryText } from './shown-entry.ts';

export interface Subscribing {
  readonly journal: Journal;
  readonly view: JournalView;
  readonly after: number;
  readonly secrets: boolean;
  /** Real milliseconds of silence after which a comment is sent. */
  readonly heartbeat: number;
  readonly places: Places;
}

/** Characters of one piece, so that a slow reader is not handed the whole journal at once. */
const PIECE = 256 * 1024;

const encoder = new TextEncoder();

const DONE = { done: true, value: undefined } as const;

/** Entries as server-sent events. It listens from when somebody begins to read until that reader returns. */
export function openJournalStream(subscribing: Subscribing): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => new JournalSubscription(subscribing) };
}

/**
 * A reader keeps its place in the journal and no queue of its own: what it is too slow for falls out of the
 * journal, within the journal's bounds, and is counted.
 */
class JournalSubscription implements AsyncIterator<Uint8Array> {
  readonly #subscribing: Subscribing;
  readonly #stop: () => void;
  readonly #leave: (() => void) | undefined;
  /** Number of the last entry that was handed over or passed by. */
  #place: number;
  /** Entries that came after that place, those that fell out since included. */
  #due = 0;
  #begun = false;
  #ended = false;
  #wake: () => void = () => {};
  #turn: Promise<unknown> = Promise.resolve();

  constructor(subscribing: Subscribing) {
    const { journal, view, after, places } = subscribing;
    this.#subscribing = subscribing;
    // Numbers begin anew with the server, and a reader may have one from before.
    this.#place = Math.min(after, journal.lastSeq);
    for (const _ of journal.entries(view, this.#place)) this.#due += 1;
    this.#leave = places.take();
    this.#ended = this.#leave === undefined;
    this.#stop = this.#ended ? () => {} : journal.onEntry((entry) => this.#came(entry));
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const turn = this.#turn.then(() => this.#next());
    this.#turn = turn;
    return turn;
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    this.#ended = true;
    this.#stop();
    this.#leave?.();
    this.#wake();
    return DONE;
  }

  #came({ organization }: JournalEntry): void {
    if (organization !== this.#subscribing.view) return;
    this.#due += 1;
    this.#wake();
  }

  async #next(): Promise<IteratorResult<Uint8Array>> {
    if (this.#ended) return DONE;
    if (!this.#begun) {
      // Something to send at once, so that the reader sees that the stream is open.
      this.#begun = true;
      return piece(': the journal\n\n');
    }
    const silent = this.#due === 0 && (await this.#silence());
    if (this.#ended) return DONE;
    return piece(silent ? ': still here\n\n' : this.#take());
  }

  /** True where nothing came until a sign of life is due. */
  #silence(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), this.#subscribing.heartbeat);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(false);
      };
    });
  }

  #take(): string {
    const { journal, view, secrets } = this.#subscribing;
    const kept = [...journal.entries(view, this.#place)];
    const missed = this.#due - kept.length;
    let text = missed > 0 ? `event: dropped\ndata: {"dropped":${missed}}\n\n` : '';
    let taken = 0;
    for (const entry of kept) {
      text += `id: ${entry.seq}\ndata: ${entryText(entry, secrets ? undefined : journal.masks)}\n\n`;
      taken += 1;
      if (text.length >= PIECE) break;
    }
    this.#place = taken < kept.length ? kept[taken - 1]!.seq : journal.lastSeq;
    this.#due = kept.length - taken;
    return text;
  }
}

const piece = (text: string): IteratorResult<Uint8Array> => ({ done: false, value: encoder.encode(text) });
