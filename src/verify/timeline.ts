import { shownDuration } from '../core/duration.ts';
import { operationPattern } from '../engine/faults/operation-pattern.ts';
import type { ObservedExchange } from '../engine/observed-exchange.ts';
import type { Tenant } from '../engine/tenant.ts';
import type { Organization } from '../organization/organization.ts';
import type { TimelineEntry, TimelineMoment, TimelineNow } from '../scenario/verification.ts';

import type { TimelineReport, TimelineStatus } from './report/report.ts';

/** A timeline entry whose action can run. */
export interface ReadyEntry {
  readonly entry: TimelineEntry;
  /**
   * @param due the virtual time at which the action is due; undefined for actions after exchanges
   * @throws Error if the action fails
   */
  perform(tenant: Pick<Tenant, 'organization' | 'faults'>, due: number | undefined): void;
}

export const readyTimeline = (entries: readonly TimelineEntry[]): Promise<readonly ReadyEntry[]> =>
  Promise.all(entries.map(async (entry) => (await import('./timeline-action.ts')).readyEntry(entry)));

/** How far a timeline has come. Plain data. */
export interface TimelineProgress {
  /** Virtual and real time of its start. */
  readonly startedAt: number;
  readonly startedWallAt: number;
  readonly entries: readonly {
    readonly left: number;
    readonly status: TimelineStatus;
    readonly at: number | undefined;
    readonly reason: string | undefined;
  }[];
}

interface Running extends ReadyEntry {
  readonly operation: RegExp | undefined;
  left: number;
  status: TimelineStatus;
  at: number | undefined;
  reason: string | undefined;
}

function running(ready: ReadyEntry): Running {
  const { moment } = ready.entry;
  return {
    ...ready,
    operation: moment.kind === 'traffic' ? operationPattern(moment.operation) : undefined,
    left: moment.kind === 'traffic' ? moment.times : 0,
    status: 'pending',
    at: undefined,
    reason: undefined,
  };
}

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

/** Runs the timeline of a scenario. A failed action is reported, and never fails a request. */
export class Timeline {
  readonly #tenant: Pick<Tenant, 'organization' | 'faults'>;
  readonly #entries: readonly ReadyEntry[];
  #running: readonly Running[] = [];
  #awaitingTraffic: readonly Running[] = [];
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #startedAt = 0;
  #startedWallAt = 0;

  constructor(tenant: Pick<Tenant, 'organization' | 'faults'>, entries: readonly ReadyEntry[]) {
    this.#tenant = tenant;
    this.#entries = entries;
  }

  get #organization(): Organization {
    return this.#tenant.organization;
  }

  /** Starts from the first entry. */
  start(): void {
    const { clock } = this.#organization.runtime;
    this.#startedAt = clock.now();
    this.#startedWallAt = clock.wallNow();
    this.#run(this.#entries.map(running));
  }

  get progress(): TimelineProgress {
    return {
      startedAt: this.#startedAt,
      startedWallAt: this.#startedWallAt,
      entries: this.#running.map(({ left, status, at, reason }) => ({ left, status, at, reason })),
    };
  }

  /** Goes on from where a file says that it was, by a real clock that stood still meanwhile. */
  goOn({ started_at, real_time_since, entries }: TimelineNow): void {
    this.resume({
      startedAt: started_at,
      startedWallAt: this.#organization.runtime.clock.wallNow() - real_time_since,
      entries: entries.map(({ left, status, at, reason }) => ({ left, status, at, reason })),
    });
  }

  /** Goes on from where the same timeline was. */
  resume({ startedAt, startedWallAt, entries }: TimelineProgress): void {
    this.#startedAt = startedAt;
    this.#startedWallAt = startedWallAt;
    this.#run(this.#entries.map((entry, index) => ({ ...running(entry), ...entries[index] })));
  }

  #run(all: readonly Running[]): void {
    this.stop();
    const { scheduler, runtime } = this.#organization;
    this.#running = all;
    this.#awaitingTraffic = all.filter(({ operation, left }) => operation !== undefined && left > 0);
    for (const item of all) {
      if (item.status !== 'pending') continue;
      const { moment } = item.entry;
      // An action that was scheduled before a restart does nothing.
      const perform = (due?: number): void => {
        if (this.#running === all) this.#perform(item, due);
      };
      if (moment.kind === 'at') scheduler.schedule(moment.at, perform);
      if (moment.kind === 'elapsed' && moment.clock === 'virtual') {
        scheduler.schedule(this.#startedAt + moment.elapsed, perform);
      }
      if (moment.kind === 'elapsed' && moment.clock === 'real') {
        const passed = runtime.clock.wallNow() - this.#startedWallAt;
        this.#later(Math.max(0, moment.elapsed - passed), perform);
      }
    }
  }

  #later(milliseconds: number, perform: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      perform();
    }, milliseconds);
    // Node only: the timer must not keep the process alive.
    (timer as { unref?: () => void }).unref?.();
    this.#timers.add(timer);
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#running = [];
    this.#awaitingTraffic = [];
  }

  see({ operation }: ObservedExchange): void {
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

  #perform(item: Running, due?: number): void {
    item.at = due ?? this.#organization.runtime.clock.now();
    try {
      item.perform(this.#tenant, due);
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
