import { preciseInstant } from '../../core/clock.ts';
import { area, type InitialContext, type Reducers } from '../../organization/area.ts';
import {
  about,
  anyText,
  count,
  instant,
  list,
  type Members,
  number,
  optional,
  pairs,
  position,
  record,
  section,
  text,
  transient,
} from '../../organization/members.ts';
import { type Bucket, type Buckets, type BucketUse, takeFromBuckets } from './buckets.ts';
import type { FaultAnswer, FaultDefinition, FaultTime, Latency } from './definition.ts';

/** More than anyone sets by hand. The faults are checked for each request, so the list must stay short. */
export const MOST_FAULTS = 1000;

/** Faults of one organization, or of the whole server while the organization is its default one. */
export type FaultScope = 'organization' | 'server';

/** What a fault has done. */
export interface FaultTally {
  readonly id: string;
  readonly definition: FaultDefinition;
  /** Requests that it matched, and those that it was applied to. */
  matched: number;
  applied: number;
}

/** A fault that is set, as reducers write it. */
export interface FaultState extends FaultTally {
  /** Virtual times between which it matches; no bound if undefined. */
  readonly from: number | undefined;
  readonly until: number | undefined;
  /** Position of its random numbers. */
  random: readonly number[];
  /** Of its rate limit. */
  readonly buckets: Buckets;
}

/** A fault outside of reducers. */
export type Fault = Readonly<Omit<FaultState, 'buckets'>> & { readonly buckets: ReadonlyMap<string, Bucket> };

interface FaultsState {
  faults: readonly FaultState[];
  serverFaults: readonly FaultState[];
  /** Faults that were removed after they had been applied. */
  former: readonly (FaultTally & { readonly scope: FaultScope })[];
}

export interface FaultsReader {
  readonly faults: readonly Fault[];
  readonly serverFaults: readonly Fault[];
  readonly former: readonly (Readonly<FaultTally> & { readonly scope: FaultScope })[];
}

/** That one fault matched a request, and what was drawn for it. */
export interface FaultMatch {
  readonly id: string;
  readonly applied: boolean;
  /** Position of its random numbers after the draws. */
  readonly random?: readonly number[] | undefined;
  readonly buckets?: readonly BucketUse[] | undefined;
}

export type FaultChange =
  | {
      readonly type: 'fault_set';
      readonly scope: FaultScope;
      readonly fault: Pick<FaultState, 'id' | 'definition' | 'from' | 'until' | 'random'>;
    }
  | { readonly type: 'fault_removed'; readonly scope: FaultScope; readonly id: string }
  | { readonly type: 'faults_cleared'; readonly scope: FaultScope }
  | { readonly type: 'faults_matched'; readonly scope: FaultScope; readonly matches: readonly FaultMatch[] };

declare module '../../organization/change.ts' {
  interface AreaChanges {
    readonly faults: FaultChange;
  }
}

const MEMBER = { organization: 'faults', server: 'serverFaults' } as const;

export const faultsOf = (state: FaultsReader, scope: FaultScope): readonly Fault[] => state[MEMBER[scope]];

const created = (fault: Extract<FaultChange, { type: 'fault_set' }>['fault']): FaultState => ({
  ...fault,
  matched: 0,
  applied: 0,
  buckets: new Map(),
});

/** `fault-1`, `fault-2`, … */
export function freeFaultId(scope: FaultScope, faults: readonly Pick<Fault, 'id'>[]): string {
  const word = scope === 'server' ? 'server-fault' : 'fault';
  let free = faults.length + 1;
  while (faults.some(({ id }) => id === `${word}-${free}`)) free += 1;
  return `${word}-${free}`;
}

/** When a fault starts and ends that is set now. */
export function timesOf({ after, until }: FaultDefinition, now: number): Pick<FaultState, 'from' | 'until'> {
  const time = (point: FaultTime | undefined): number | undefined =>
    point === undefined ? undefined : 'at' in point ? point.at : now + point.elapsed;
  return { from: time(after), until: time(until) };
}

/** @throws FaultTableError if the fault cannot be set beside the others */
export function checkFault(id: string, faults: readonly Pick<Fault, 'id'>[]): void {
  if (faults.length >= MOST_FAULTS) throw new FaultTableError(`at most ${MOST_FAULTS} faults can be set`);
  if (faults.some((fault) => fault.id === id)) throw new FaultTableError(`a fault ${id} is set already`);
}

function initialFaults(scope: FaultScope, { sections, now, random }: InitialContext): readonly FaultState[] {
  const faults: FaultState[] = [];
  for (const definition of (sections[MEMBER[scope]] ?? []) as readonly FaultDefinition[]) {
    const id = definition.id ?? freeFaultId(scope, faults);
    checkFault(id, faults);
    const fault = {
      id,
      definition,
      ...timesOf(definition, now.at),
      random: random(`fault ${id}`).position(),
    };
    faults.push(created(fault));
  }
  return faults;
}

function forget(state: FaultsState, scope: FaultScope, removed: readonly FaultState[]): void {
  const applied = removed.filter((fault) => fault.applied > 0).map((fault) => ({ ...fault, scope }));
  state.former = [...state.former, ...applied].slice(-MOST_FAULTS);
}

const reducers: Reducers<FaultChange, FaultsState> = {
  fault_set: ({ state }, { scope, fault }) => {
    state[MEMBER[scope]] = [...state[MEMBER[scope]], created(fault)];
  },
  fault_removed: ({ state }, { scope, id }) => {
    const faults = state[MEMBER[scope]];
    forget(
      state,
      scope,
      faults.filter((fault) => fault.id === id),
    );
    state[MEMBER[scope]] = faults.filter((fault) => fault.id !== id);
  },
  faults_cleared: ({ state }, { scope }) => {
    forget(state, scope, state[MEMBER[scope]]);
    state[MEMBER[scope]] = [];
  },
  faults_matched: ({ state }, { scope, matches }) => {
    for (const { id, applied, random, buckets = [] } of matches) {
      const fault = state[MEMBER[scope]].find((one) => one.id === id);
      if (fault === undefined) continue;
      fault.matched += 1;
      if (applied) fault.applied += 1;
      if (random !== undefined) fault.random = random;
      takeFromBuckets(fault.buckets, buckets);
    }
  },
};

const fault = record({
  id: text,
  definition: { ...section<FaultDefinition>('fault', writtenFault), file: 'fault' },
  from: optional(instant),
  until: optional(instant),
  matched: count,
  applied: count,
  random: position,
  buckets: about(
    'what is left in each bucket of the rate limit',
    pairs(anyText, record({ left: number, at: instant })),
  ),
} satisfies Members<FaultState>);

/** Injected failures, and what they have done. */
export const faultArea = area<FaultsState, FaultChange, FaultsReader>({
  name: 'faults',
  place: 'top',
  part: 'faults',
  members: {
    faults: about('in place of `faults:` of the scenario, with how often they were applied', list(fault)),
    serverFaults: about('the same, in place of `server_faults:`', list(fault)),
    former: transient,
  },
  initialize: (context) => ({
    faults: initialFaults('organization', context),
    serverFaults: initialFaults('server', context),
    former: [],
  }),
  reducers,
  prepare: async ({ faults = [], serverFaults = [] }) => {
    const { readyFault } = await import('./fault-table.ts');
    await Promise.all([...faults, ...serverFaults].map(({ definition }) => readyFault(definition)));
  },
});

const duration = (milliseconds: number): string => `${milliseconds}ms`;

/** A fault as `faults:` of a scenario has it. */
function writtenFault(definition: FaultDefinition): object {
  const { answer, latency, after, until, rateLimit, bytesPerSecond, retryAfter, ...plain } = definition;
  const written = {
    ...plain,
    after: writtenTime(after),
    until: writtenTime(until),
    answer: answer && writtenAnswer(answer),
    rate_limit: rateLimit && { ...rateLimit, per: duration(rateLimit.per) },
    latency: latency === undefined ? undefined : writtenLatency(latency),
    bytes_per_second: bytesPerSecond,
    retry_after: retryAfter === undefined ? undefined : duration(retryAfter * 1000),
  };
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
}

function writtenTime(time: FaultTime | undefined): string | undefined {
  if (time === undefined) return undefined;
  return 'at' in time ? preciseInstant(time.at) : duration(time.elapsed);
}

function writtenLatency(latency: Latency): object | string {
  if (typeof latency === 'number') return duration(latency);
  if ('uniform' in latency) return { uniform: latency.uniform.map(duration) };
  const { median, sigma } = latency.log_normal;
  return { log_normal: { median: duration(median), sigma } };
}

const writtenAnswer = (answer: FaultAnswer): object | string => ('error' in answer ? answer.error : answer);

/** A fault that cannot be set. */
export class FaultTableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FaultTableError';
  }
}
