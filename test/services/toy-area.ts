import { ActionError, area } from '../../src/organization/area.ts';
import {
  about,
  anyText,
  choice,
  count,
  deadline,
  device,
  fixed,
  flag,
  index,
  instant,
  type Members,
  mapping,
  optional,
  pairs,
  record,
  set,
  text,
  transient,
  tuple,
} from '../../src/organization/members.ts';

interface Plan {
  readonly id: string;
  readonly level: string;
  readonly seats: number;
}

/** The warranty of one device. */
interface Coverage {
  readonly id: string;
  readonly device: number;
  readonly since: number;
  until: number;
  note: string | undefined;
}

export interface WarrantyState {
  readonly mostPlans: number;
  readonly plans: Map<string, Plan>;
  readonly coverages: Map<string, Coverage>;
  open: boolean;
  color: 'red' | 'blue';
  readonly tags: Set<string>;
  readonly seen: Map<string, number>;
  readonly counts: Map<string, number>;
  latest: readonly [string, number];
  changes: number;
}

type WarrantyChange =
  | {
      readonly type: 'warranty_plan_set';
      readonly id: string;
      readonly level: string;
      readonly seats: number;
    }
  | { readonly type: 'warranty_started'; readonly id: string; readonly device: number }
  | { readonly type: 'warranty_ended'; readonly id: string };

declare module '../../src/organization/change.ts' {
  interface AreaChanges {
    readonly warranty: WarrantyChange;
  }
}

export const DAY = 24 * 60 * 60 * 1000;

/** Form of the section `warranty:` in a scenario file. */
const SECTION = {
  most_plans: count,
  plans: about('plans at the start', mapping(record({ level: text, seats: count }))),
};

interface Section {
  readonly most_plans: number;
  readonly plans: Readonly<Record<string, Omit<Plan, 'id'>>>;
}

/** The area of state of the toy service, with a member of nearly every kind. */
export const warrantyArea = area<WarrantyState, WarrantyChange, WarrantyState>({
  name: 'warranty',
  about: 'warranty plans',
  scenario: record(SECTION),
  members: {
    mostPlans: fixed,
    plans: index('id', record({ id: text, level: text, seats: count } satisfies Members<Plan>)),
    coverages: about(
      'devices with a warranty',
      index(
        'id',
        record({
          id: text,
          device,
          since: instant,
          until: deadline,
          note: optional(anyText),
        } satisfies Members<Coverage>),
      ),
    ),
    open: flag,
    color: choice(['red', 'blue']),
    tags: set(text),
    seen: pairs(text, instant),
    counts: mapping(count),
    latest: tuple(text, count),
    changes: transient,
  },
  initialize({ sections }) {
    const { most_plans = 10, plans = {} } = (sections.warranty ?? {}) as Partial<Section>;
    return {
      mostPlans: most_plans,
      plans: new Map(Object.entries(plans).map(([id, plan]) => [id, { id, ...plan }])),
      coverages: new Map(),
      open: true,
      color: 'red',
      tags: new Set(['new']),
      seen: new Map(),
      counts: new Map(),
      latest: ['none', 0],
      changes: 0,
    };
  },
  reducers: {
    warranty_plan_set({ state }, { id, level, seats }) {
      state.plans.set(id, { id, level, seats });
      state.changes += 1;
    },
    warranty_started({ state, at, plan }, { id, device: ref }) {
      const coverage = { id, device: ref, since: at, until: Number.POSITIVE_INFINITY, note: undefined };
      state.coverages.set(id, coverage);
      state.seen.set(id, at);
      state.counts.set('started', (state.counts.get('started') ?? 0) + 1);
      state.tags.add(id);
      state.latest = [id, state.coverages.size];
      state.color = 'blue';
      state.changes += 1;
      plan(at + DAY, { type: 'warranty_ended', id });
    },
    warranty_ended({ state, at }, { id }) {
      const coverage = state.coverages.get(id);
      if (coverage !== undefined) Object.assign(coverage, { until: at, note: 'ended' });
      state.open = false;
    },
  },
  plannable: { warranty_ended: { members: { id: text } } },
  actions: {
    start_warranty(organization, { id, serial_number }: { id: string; serial_number: string }) {
      const ref = organization.enrollment.inventory.find(serial_number);
      if (ref === undefined) throw new ActionError('no such device', 'name another one');
      return [{ type: 'warranty_started', id, device: ref }];
    },
  },
  actionArguments: { start_warranty: record({ id: text, serial_number: text }) },
});
