import { rememberOffset } from '../core/client-times.ts';
import { type ClockCourse, courseOf } from '../core/clock.ts';
import { type BehaviorSettings, settingsWith } from '../services/behavior.ts';
import { area } from './area.ts';
import type { BehaviorChange, Change } from './change.ts';
import {
  about,
  anyText,
  compact,
  count,
  instant,
  list,
  mapping,
  number,
  pairs,
  plannedChange,
  record,
  store,
} from './members.ts';

/** Changes of the clock, the identifiers, the timestamps of clients and the behavior settings. */
export type RuntimeChange =
  | { readonly type: 'clock_set'; readonly course: ClockCourse }
  | { readonly type: 'identifier_taken'; readonly kind: string; readonly count: number }
  | { readonly type: 'client_time_received'; readonly stamp: string; readonly offset: number }
  | BehaviorChange;

type ChangeOf<Type extends RuntimeChange['type']> = Extract<RuntimeChange, { readonly type: Type }>;

interface ClockState {
  course: ClockCourse;
}

export const clockArea = area<ClockState, ChangeOf<'clock_set'>>({
  name: 'clock',
  part: 'clock',
  members: { course: compact },
  initialize: ({ definition: { clock = {} }, now }) => ({ course: courseOf(clock, now.wallAt) }),
  reducers: {
    clock_set: ({ state }, { course }) => {
      state.course = course;
    },
  },
});

interface IdentifiersState {
  readonly identifiers: Map<string, number>;
}

interface IdentifiersReader {
  readonly identifiers: ReadonlyMap<string, number>;
}

export const identifiersArea = area<IdentifiersState, ChangeOf<'identifier_taken'>, IdentifiersReader>({
  name: 'identifiers',
  place: 'top',
  members: { identifiers: about('how many of each kind were handed out', mapping(count)) },
  initialize: () => ({ identifiers: new Map() }),
  reducers: {
    identifier_taken: ({ state }, change) => {
      state.identifiers.set(change.kind, change.count);
    },
  },
});

interface ClientTimesState {
  readonly clientTimes: Map<string, number>;
}

interface ClientTimesReader {
  readonly clientTimes: ReadonlyMap<string, number>;
}

export const clientTimesArea = area<ClientTimesState, ChangeOf<'client_time_received'>, ClientTimesReader>({
  name: 'client_times',
  place: 'top',
  members: {
    clientTimes: about(
      'timestamps of clients, each with the offset of the virtual clock when it was received',
      pairs(anyText, number),
    ),
  },
  initialize: () => ({ clientTimes: new Map() }),
  reducers: {
    client_time_received: ({ state }, { stamp, offset }) => rememberOffset(state.clientTimes, stamp, offset),
  },
});

interface BehaviorState {
  /** Settings that differ from those of the scenario. */
  settings: BehaviorSettings;
}

export const behaviorArea = area<BehaviorState, BehaviorChange>({
  name: 'behavior',
  members: { settings: compact },
  initialize: () => ({ settings: {} }),
  reducers: {
    behavior_set: ({ state }, change) => {
      state.settings = settingsWith(state.settings, change.settings);
    },
  },
});

/** A change that another one has planned for a virtual time. */
export interface PlannedChange {
  readonly at: number;
  readonly change: Change;
}

/** Planned changes by a number that is never used again. */
interface PlannedState {
  next: number;
  readonly planned: Map<number, PlannedChange>;
}

export interface PlannedReader {
  readonly next: number;
  readonly planned: ReadonlyMap<number, PlannedChange>;
}

interface WrittenPlans {
  readonly planned: readonly PlannedChange[];
}

/** Other changes plan these; they leave the list when they are applied. */
export const plannedArea = area<PlannedState, never, PlannedReader>({
  name: 'planned',
  place: 'top',
  members: {
    next: store<PlannedState, number, object>({
      members: {},
      save: ({ next }) => next,
      restore: (state, next) => {
        state.next = next;
      },
      write: () => ({}),
      read: () => {},
    }),
    planned: store<PlannedState, readonly (readonly [number, PlannedChange])[], WrittenPlans>({
      members: {
        planned: about(
          'changes that fall due by themselves',
          list(record({ at: instant, change: plannedChange })),
        ) as never,
      },
      save: ({ planned }) => [...planned],
      restore(state, saved) {
        for (const [id, change] of saved) state.planned.set(id, change);
      },
      write: ({ planned }) => ({ planned: [...planned.values()] }),
      read(state, { planned = [] }) {
        for (const change of planned) planChange(state, change);
      },
    }),
  },
  initialize: () => ({ next: 0, planned: new Map() }),
  reducers: {},
});

/** @returns the number of the planned change */
export function planChange(state: PlannedState, change: PlannedChange): number {
  const id = state.next;
  state.next += 1;
  state.planned.set(id, change);
  return id;
}
