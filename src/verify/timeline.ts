import type { Exchanged } from '../exchange/exchanged.ts';
import { operationPattern } from '../exchange/faults/operation-pattern.ts';
import type { Organization } from '../organization/organization.ts';
import { performAction } from '../organization/portal/perform-action.ts';
import type { FilePlace } from '../scenario/expectation.ts';
import type { TimelineEntry, TimelineMoment } from '../scenario/timeline.ts';
import { shownDuration } from './explain.ts';

export type TimelineStatus = 'pending' | 'done' | 'failed';

/** What became of one entry of the timeline. */
export interface TimelineReport {
  /** The action by its name, and when it was to be done. */
  readonly action: string;
  readonly when: string;
  readonly place: FilePlace | undefined;
  readonly status: TimelineStatus;
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number | undefined;
  /** Why it could not be done. */
  readonly reason: string | undefined;
}

interface Running {
  readonly entry: TimelineEntry;
  readonly operation: RegExp | undefined;
  left: number;
  status: TimelineStatus;
  at: number | undefined;
  reason: string | undefined;
}

const running = (entry: TimelineEntry): Running => ({
  entry,
  operation: entry.moment.kind === 'traffic' ? operationPattern(entry.moment.operation) : undefined,
  left: entry.moment.kind === 'traffic' ? entry.moment.times : 0,
  status: 'pending',
  at: undefined,
  reason: undefined,
});

function whenOf(moment: TimelineMoment): string {
  switch (moment.kind) {
    case 'at':
      return `at ${new Date(moment.at).toISOString()}`;
    case 'elapsed':
      return `after ${shownDuration(moment.elapsed)}${moment.clock === 'real' ? ' of real time' : ''}`;
    case 'traffic':
      return `after ${moment.operation}${moment.times > 1 ? ` came ${moment.times} times` : ''}`;
  }
}

/** Does what a scenario says happens in the portal, at its time. Nothing here throws into a request. */
export class Timeline {
  readonly #organization: Organization;
  readonly #entries: readonly TimelineEntry[];
  #running: readonly Running[] = [];
  #awaitingTraffic: readonly Running[] = [];
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(organization: Organization, entries: readonly TimelineEntry[]) {
    this.#organization = organization;
    this.#entries = entries;
  }

  /** From the beginning, whatever was done before. */
  start(): void {
    this.stop();
    const { agenda, runtime } = this.#organization;
    this.#running = this.#entries.map(running);
    this.#awaitingTraffic = this.#running.filter(({ operation }) => operation !== undefined);
    const begun = this.#running;
    for (const item of begun) {
      const { moment } = item.entry;
      // One that is left from before a new start does nothing.
      const perform = (): void => {
        if (this.#running === begun) this.#perform(item);
      };
      if (moment.kind === 'at') agenda.schedule(moment.at, perform);
      if (moment.kind === 'elapsed' && moment.clock === 'virtual') {
        agenda.schedule(runtime.clock.now() + moment.elapsed, perform);
      }
      if (moment.kind === 'elapsed' && moment.clock === 'real') this.#later(moment.elapsed, perform);
    }
  }

  #later(milliseconds: number, perform: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      perform();
    }, milliseconds);
    // Node only: what is still to come keeps no process alive.
    (timer as { unref?: () => void }).unref?.();
    this.#timers.add(timer);
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#running = [];
    this.#awaitingTraffic = [];
  }

  see({ operation }: Exchanged): void {
    if (this.#awaitingTraffic.length === 0 || operation === undefined) return;
    const due = this.#awaitingTraffic.filter((item) => {
      if (!item.operation!.test(operation)) return false;
      item.left -= 1;
      return item.left === 0;
    });
    if (due.length === 0) return;
    this.#awaitingTraffic = this.#awaitingTraffic.filter(({ left }) => left > 0);
    for (const item of due) this.#perform(item);
  }

  #perform(item: Running): void {
    item.at = this.#organization.runtime.clock.now();
    try {
      performAction(this.#organization, item.entry.action);
      item.status = 'done';
    } catch (error) {
      item.status = 'failed';
      item.reason = (error as Error).message;
    }
  }

  get report(): readonly TimelineReport[] {
    return this.#running.map(({ entry, status, at, reason }) => ({
      action: Object.keys(entry.action)[0] ?? 'action',
      when: whenOf(entry.moment),
      place: entry.place,
      status,
      at,
      reason,
    }));
  }
}
