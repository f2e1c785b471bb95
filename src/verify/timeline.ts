import { shownDuration } from '../core/duration.ts';
import { operationPattern } from '../engine/faults/operation-pattern.ts';
import type { ObservedExchange } from '../engine/observed-exchange.ts';
import type { Tenant } from '../engine/tenant.ts';
import type { Organization } from '../organization/organization.ts';
import {
  reduceTimeline,
  startTimeline,
  type TimelineChange,
  type TimelineProgress,
  timelineArea,
} from '../scenario/timeline-progress.ts';
import type { TimelineEntry, TimelineMoment } from '../scenario/verification.ts';
import type { TimelineReport } from './report/report.ts';

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

/** Stores the progress of a timeline. */
interface ProgressStore {
  readonly progress: TimelineProgress;
  apply(change: TimelineChange, at: number): void;
}

/** The progress of the timeline of the scenario: a part of the state. */
const progressOf = (organization: Organization): ProgressStore => ({
  get progress() {
    return organization.read(timelineArea);
  },
  apply: (change, at) => organization.apply(change, at),
});

/** The progress of entries that were added later: no restart and no snapshot has it. */
function addedProgress(entries: readonly ReadyEntry[], { runtime: { clock } }: Organization): ProgressStore {
  const state = startTimeline(
    entries.map(({ entry }) => entry),
    clock.now(),
    clock.wallNow(),
  );
  return { progress: state, apply: (change) => reduceTimeline(state, change) };
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
  readonly #store: ProgressStore;
  readonly #operations: readonly (RegExp | undefined)[];
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  /** Another object after each start: tasks of an earlier start do nothing. */
  #run: object | undefined;

  /** @param added whether the entries were added to those of the scenario */
  constructor(
    tenant: Pick<Tenant, 'organization' | 'faults'>,
    entries: readonly ReadyEntry[],
    added = false,
  ) {
    this.#tenant = tenant;
    this.#entries = entries;
    this.#store = added ? addedProgress(entries, tenant.organization) : progressOf(tenant.organization);
    this.#operations = entries.map(({ entry: { moment } }) =>
      moment.kind === 'traffic' ? operationPattern(moment.operation) : undefined,
    );
  }

  get #organization(): Organization {
    return this.#tenant.organization;
  }

  /** Schedules everything that its progress says is pending. */
  start(): void {
    this.stop();
    const run = {};
    this.#run = run;
    const { scheduler, runtime } = this.#organization;
    const { startedAt, startedWallAt } = this.#store.progress;
    this.#entries.forEach(({ entry: { moment } }, index) => {
      if (!this.#isPending(index)) return;
      const perform = (due?: number): void => {
        if (this.#run === run) this.#perform(index, due);
      };
      if (moment.kind === 'at') scheduler.schedule(moment.at, perform);
      if (moment.kind === 'elapsed' && moment.clock === 'virtual') {
        scheduler.schedule(startedAt + moment.elapsed, perform);
      }
      if (moment.kind === 'elapsed' && moment.clock === 'real') {
        const passed = runtime.clock.wallNow() - startedWallAt;
        this.#startTimer(Math.max(0, moment.elapsed - passed), perform);
      }
    });
  }

  #isPending(index: number): boolean {
    return this.#store.progress.entries[index]?.status === 'pending';
  }

  #startTimer(milliseconds: number, perform: () => void): void {
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
    this.#run = undefined;
  }

  see({ operation }: ObservedExchange): void {
    if (operation === undefined || this.#run === undefined) return;
    const waiting = [...this.#operations.keys()].filter(
      (index) => this.#operations[index]?.test(operation) && this.#isPending(index),
    );
    if (waiting.length === 0) return;
    this.#store.apply({ type: 'timeline_counted', entries: waiting }, this.#organization.runtime.clock.now());
    for (const index of waiting) {
      if (this.#store.progress.entries[index]!.left <= 0) this.#perform(index);
    }
  }

  #perform(entry: number, due?: number): void {
    if (!this.#isPending(entry)) return;
    const at = due ?? this.#organization.runtime.clock.now();
    let reason: string | undefined;
    try {
      this.#entries[entry]!.perform(this.#tenant, due);
    } catch (error) {
      reason = (error as Error).message;
    }
    this.#store.apply({ type: 'timeline_performed', entry, at, reason }, at);
  }

  get report(): readonly TimelineReport[] {
    if (this.#run === undefined) return [];
    const { entries } = this.#store.progress;
    return this.#entries.map(({ entry }, index) => ({
      action: Object.keys(entry.action)[0] ?? 'action',
      when: whenOf(entry.moment),
      place: entry.place,
      status: entries[index]?.status ?? 'pending',
      at: entries[index]?.at,
      reason: entries[index]?.reason,
    }));
  }
}
