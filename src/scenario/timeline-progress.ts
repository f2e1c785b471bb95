import { area } from '../organization/area.ts';
import {
  about,
  anyText,
  choice,
  count,
  instant,
  list,
  type Members,
  named,
  optional,
  realInstant,
  record,
} from '../organization/members.ts';
import type { TimelineEntry } from './verification.ts';

/** What happened to an entry of the timeline. */
export type TimelineStatus = 'pending' | 'done' | 'failed';

export const TIMELINE_STATUSES = ['pending', 'done', 'failed'] as const satisfies readonly TimelineStatus[];

interface EntryState {
  /** Exchanges until it is due. */
  left: number;
  status: TimelineStatus;
  /** Virtual time at which it was performed. */
  at: number | undefined;
  /** Why it failed. */
  reason: string | undefined;
}

/** Progress of a timeline, as reducers write it. */
export interface TimelineState {
  /** Virtual and real time of its start. */
  readonly startedAt: number;
  readonly startedWallAt: number;
  readonly entries: readonly EntryState[];
}

export interface TimelineProgress extends Omit<TimelineState, 'entries'> {
  readonly entries: readonly Readonly<EntryState>[];
}

export type TimelineChange =
  /** An exchange came that these entries wait for. */
  | { readonly type: 'timeline_counted'; readonly entries: readonly number[] }
  | {
      readonly type: 'timeline_performed';
      readonly entry: number;
      readonly at: number;
      /** Why it failed; undefined if it did not. */
      readonly reason?: string | undefined;
    };

declare module '../organization/change.ts' {
  interface AreaChanges {
    readonly timeline: TimelineChange;
  }
}

export const startTimeline = (
  entries: readonly TimelineEntry[],
  startedAt: number,
  startedWallAt: number,
): TimelineState => ({
  startedAt,
  startedWallAt,
  entries: entries.map(({ moment }) => ({
    left: moment.kind === 'traffic' ? moment.times : 0,
    status: 'pending',
    at: undefined,
    reason: undefined,
  })),
});

export function reduceTimeline(state: TimelineState, change: TimelineChange): void {
  switch (change.type) {
    case 'timeline_counted':
      for (const entry of change.entries) state.entries[entry]!.left -= 1;
      return;
    case 'timeline_performed': {
      const { at, reason } = change;
      Object.assign(state.entries[change.entry]!, {
        status: reason === undefined ? 'done' : 'failed',
        at,
        reason,
      });
    }
  }
}

/** The progress of the timeline of the scenario. */
export const timelineArea = area<TimelineState, TimelineChange, TimelineProgress>({
  name: 'timeline',
  about: 'the progress of the timeline',
  members: {
    startedAt: instant,
    startedWallAt: named('real_time_since', about('milliseconds of real time since the start', realInstant)),
    entries: list(
      record({
        left: about('exchanges until it is due', count),
        status: choice(TIMELINE_STATUSES),
        at: optional(instant),
        reason: optional(anyText),
      } satisfies Members<EntryState>),
    ),
  },
  initialize: ({ sections, now }) =>
    startTimeline((sections.timeline ?? []) as readonly TimelineEntry[], now.at, now.wallAt),
  reducers: {
    timeline_counted: ({ state }, change) => reduceTimeline(state, change),
    timeline_performed: ({ state }, change) => reduceTimeline(state, change),
  },
});
