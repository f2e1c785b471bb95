import type { ClockCourse } from '../core/clock.ts';
import type { Host } from '../core/host.ts';
import { createRuntime, portableHost, type Runtime } from '../core/runtime.ts';
import { Scheduler } from '../core/scheduler.ts';
import { type Behavior, behaviorWith, settingsWith } from '../services/behavior.ts';
import type { Account } from './account.ts';
import type { Area, AreaOf, Context, ResetPart, StartTime } from './area.ts';
import type { Change } from './change.ts';
import { type ContentReader, contentArea } from './content/area.ts';
import type { OrganizationDefinition } from './definition.ts';
import { restoreMembers } from './encodings.ts';
import { type EnrollmentReader, enrollmentArea } from './enrollment/area.ts';
import { type PushReader, pushArea } from './push/area.ts';
import { Deliveries } from './push/send.ts';
import {
  behaviorArea,
  clientTimesArea,
  clockArea,
  identifiersArea,
  planChange,
  plannedArea,
} from './runtime-areas.ts';
import {
  expiryFrom,
  type ReadableState,
  type SavedOrganization,
  type Slot,
  type StateOptions,
  States,
} from './states.ts';

export type { SavedOrganization } from './states.ts';

/** A change with the time at which it was applied. */
export interface AppliedChange {
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number;
  readonly change: Change;
  /** Number of the planned change that this one is. */
  readonly planned?: number | undefined;
}

type Reducer = (context: Context<object>, change: Change) => void;

/** The context of an area's reducers. One object for all changes: state and time are set before each. */
interface AreaContext extends Context<object> {
  state: object;
  at: number;
}

interface Entry {
  readonly slot: Slot;
  readonly context: AreaContext;
  readonly reduce: Reducer;
}

/** One tenant of the simulated Apple. Its state is a set of areas that only changes alter. */
export class Organization {
  readonly id: string;
  readonly definition: OrganizationDefinition;
  readonly runtime: Runtime;
  readonly account: Account;
  readonly host: Host;
  readonly scheduler = new Scheduler();
  /** Listeners for pushes that wake a device. */
  readonly deliveries = new Deliveries();
  readonly #states: States;
  /** Every request reads these areas. */
  readonly #enrollment: Slot;
  readonly #push: Slot;
  readonly #content: Slot;
  readonly #stateOptions: StateOptions;
  readonly #reducers = new Map<string, Entry>();
  readonly #listeners = new Set<(applied: AppliedChange) => void>();
  readonly #restartListeners = new Set<() => void>();
  #behavior: Behavior;
  #replaying = false;

  /** @throws StateError if `definition.state` does not fit the rest of the definition */
  constructor(id: string, definition: OrganizationDefinition, options: StateOptions = {}) {
    const host = options.host ?? portableHost;
    this.id = id;
    this.host = host;
    this.definition = definition;
    this.#stateOptions = options;
    this.#states = new States(id, definition, options);
    this.#enrollment = this.#states.slot(enrollmentArea.name);
    this.#push = this.#states.slot(pushArea.name);
    this.#content = this.#states.slot(contentArea.name);
    this.account = this.#states.account;
    this.#behavior = behaviorWith(definition.behavior);
    for (const { name, reducers } of this.#states.areas) {
      const slot = this.#states.slot(name);
      const context = this.#createContext(slot);
      for (const [type, reduce] of Object.entries(reducers)) {
        this.#reducers.set(type, { slot, context, reduce: reduce as Reducer });
      }
    }
    this.runtime = this.#createRuntime();
    const wallAt = host.wall();
    const now = { at: definition.clock?.at ?? wallAt, wallAt };
    this.#states.start(now);
    this.#states.initialize(this.#states.areas, now);
    this.#schedulePlanned();
  }

  /** Areas in the order in which they are initialized, serialized and restored. */
  get areas(): readonly Area[] {
    return this.#states.areas;
  }

  #createContext({ state }: Slot): AreaContext {
    const organization = this;
    return {
      state,
      at: 0,
      identifiers: this.#states.identifiers,
      get behavior() {
        return organization.#behavior;
      },
      plan: (at, change) => organization.#plan(at, change),
    };
  }

  /** Handlers that set the clock, take an identifier or receive a timestamp apply a change. */
  #createRuntime(): Runtime {
    const organization = this;
    const { definition } = this;
    const clock = this.#states.slot(clockArea.name) as { readonly state: { readonly course: ClockCourse } };
    const options = {
      seed: definition.seed,
      organization: this.#states.organizationId,
      clientTime: definition.clientTime,
    };
    return createRuntime(options, this.host, {
      course: {
        get course() {
          return clock.state.course;
        },
        set course(course) {
          organization.apply({ type: 'clock_set', course });
        },
      },
      counters: {
        count: (kind) => organization.read(identifiersArea).identifiers.get(kind) ?? 0,
        set: (kind, count) => organization.apply({ type: 'identifier_taken', kind, count }),
      },
      offsets: {
        get: (stamp) => organization.read(clientTimesArea).clientTimes.get(stamp),
        set: (stamp, offset) => organization.apply({ type: 'client_time_received', stamp, offset }),
      },
    });
  }

  /** The state of an area. Only its reducers write to it. */
  read<Reader>(area: AreaOf<Reader>): Reader {
    return this.#states.read(area);
  }

  /** All behavior settings with their current values. */
  get behavior(): Behavior {
    return this.#behavior;
  }

  get enrollment(): EnrollmentReader {
    return this.#enrollment.state as EnrollmentReader;
  }

  get push(): PushReader {
    return this.#push.state as PushReader;
  }

  get content(): ContentReader {
    return this.#content.state as ContentReader;
  }

  /** A new object after each reset of the state and each restore. */
  get startedAt(): StartTime {
    return this.#states.startedAt;
  }

  /** True while changes of a log are applied again. Their effects outside of the state happened before. */
  get replaying(): boolean {
    return this.#replaying;
  }

  /** Alters the state, then notifies the listeners. The only way to alter it. */
  apply(change: Change, at: number = this.runtime.clock.now()): void {
    this.#apply({ at, change });
  }

  #apply(applied: AppliedChange): void {
    const { at, change, planned } = applied;
    if (planned !== undefined) (this.read(plannedArea).planned as Map<number, unknown>).delete(planned);
    const entry = this.#reducers.get(change.type);
    if (entry !== undefined) {
      entry.context.state = entry.slot.state;
      entry.context.at = at;
      entry.reduce(entry.context, change);
    } else this.#applyToAll(change, at);
    if (change.type === 'behavior_set') this.#updateBehavior();
    for (const listener of this.#listeners) listener(applied);
    if (change.type === 'push_delivered' && change.wakes) this.deliveries.notify(change);
  }

  #applyToAll(change: Change, at: number): void {
    switch (change.type) {
      case 'state_reset':
        this.#reset(change.part, { at, wallAt: change.wallAt });
        return;
      case 'state_restored':
        this.#restore(change.saved, change.time, change.wallAt);
        return;
      default:
        throw new Error(`no area of this organization has the change ${change.type}`);
    }
  }

  #updateBehavior(): void {
    const { settings } = this.read(behaviorArea);
    this.#behavior = behaviorWith(settingsWith(this.definition.behavior, settings));
  }

  /** @returns a function that stops listening */
  onChange(listener: (applied: AppliedChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Calls back after a reset or a restore has cleared the scheduler, before planned changes are scheduled again.
   *
   * @returns a function that stops listening
   */
  onRestart(listener: () => void): () => void {
    this.#restartListeners.add(listener);
    return () => this.#restartListeners.delete(listener);
  }

  #restart(): void {
    this.#updateBehavior();
    this.scheduler.clear();
    for (const listener of this.#restartListeners) listener();
    this.#schedulePlanned();
  }

  #plan(at: number, change: Change): void {
    this.#schedule(planChange(this.read(plannedArea) as never, { at, change }), at, change);
  }

  #schedule(id: number, at: number, change: Change): void {
    this.scheduler.schedule(at, (due) => {
      if (this.read(plannedArea).planned.has(id)) this.#apply({ at: due, change, planned: id });
    });
  }

  /** Runs everything that is due on the virtual clock. */
  runDueTasks(): void {
    if (this.scheduler.size > 0) this.scheduler.runDue(this.runtime.clock.now());
  }

  /** Brings a part of the state back to what the scenario describes. */
  reset(part: ResetPart = 'state'): void {
    this.apply({ type: 'state_reset', part, wallAt: this.runtime.clock.wallNow() });
  }

  #reset(part: ResetPart, now: StartTime): void {
    if (part === 'state') this.#states.start(now);
    this.#states.initialize(
      this.areas.filter((area) => area.part === part),
      now,
    );
    if (part === 'state') this.#restart();
  }

  #schedulePlanned(): void {
    for (const [id, { at, change }] of this.read(plannedArea).planned) this.#schedule(id, at, change);
  }

  /** The state in the compact encoding. Takes time by what was touched, not by the size of the inventory. */
  serialize(): SavedOrganization {
    const { clock } = this.runtime;
    return {
      startedAt: this.startedAt,
      now: clock.now(),
      wallNow: clock.wallNow(),
      areas: this.#states.save(),
    };
  }

  /** Loads what `restore` of this state needs. */
  async prepare({ areas }: SavedOrganization): Promise<void> {
    await Promise.all(this.areas.map((area) => area.prepare?.(areas[area.name] as never)));
  }

  /**
   * Back to the state of an organization of the same definition and id. `prepare` must have been called before.
   *
   * @param time `then`: the clock continues from when it was saved; `since`: as if it had run on
   */
  restore(saved: SavedOrganization, time: 'then' | 'since' = 'then'): void {
    this.apply({ type: 'state_restored', saved, time, wallAt: this.runtime.clock.wallNow() }, saved.now);
  }

  #restore(saved: SavedOrganization, time: 'then' | 'since', wallAt: number): void {
    this.#states.restore(saved, wallAt);
    if (time === 'then') {
      const { rate } = this.runtime.clock;
      const course = { virtualStart: saved.now, wallStart: wallAt, rate };
      restoreMembers(clockArea.members, this.#states.slot(clockArea.name).state, { course });
    }
    this.#restart();
  }

  /** Applies a change of a log again. */
  replay(applied: AppliedChange): void {
    this.#replaying = true;
    try {
      this.#apply(applied);
    } finally {
      this.#replaying = false;
    }
  }

  /** The states of all areas as they were saved, beside the current ones. */
  statesOf(saved: SavedOrganization): States {
    const states = new States(this.id, this.definition, this.#stateOptions);
    states.restore(saved, saved.wallNow);
    return states;
  }

  /** The state in the readable encoding. */
  readable(): ReadableState {
    return this.#states.write(this.runtime.clock.wallNow());
  }

  /** A year from now, for clients that check by the real clock and for services that check by the virtual one. */
  nextExpiry(): number {
    const { clock } = this.runtime;
    return expiryFrom({ at: clock.now(), wallAt: clock.wallNow() });
  }
}
