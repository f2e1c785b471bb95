import type { Host } from '../core/host.ts';
import { Identifiers } from '../core/identifiers.ts';
import { createRandom } from '../core/random.ts';
import { portableHost } from '../core/runtime.ts';
import { type Account, createAccount } from './account.ts';
import type { Area, AreaOf, StartTime } from './area.ts';
import { CORE_AREAS } from './areas.ts';
import type { OrganizationDefinition } from './definition.ts';
import { readMembers, restoreMembers, saveMembers, writeMembers } from './encodings.ts';
import { about, instant, optional, record, text } from './members.ts';
import { StateNames } from './names.ts';
import { identifiersArea } from './runtime-areas.ts';

/** The state in the compact encoding. Plain data, never altered. */
export interface SavedOrganization {
  readonly startedAt: StartTime;
  /** Virtual and real time at which it was saved. */
  readonly now: number;
  readonly wallNow: number;
  readonly areas: Readonly<Record<string, object>>;
}

/** The state in the readable encoding: `state:` of a scenario file, whose instants may be milliseconds. */
export type ReadableState = Readonly<Record<string, unknown>>;

export interface StateOptions {
  readonly host?: Host | undefined;
  /** Areas beside those of this folder. */
  readonly areas?: readonly Area[] | undefined;
  /** Sections of the scenario for those areas. */
  readonly sections?: Readonly<Record<string, unknown>> | undefined;
}

/** Members of `state:` beside the areas. */
export const START_MEMBERS = {
  organizationId: about(
    'id of the organization that was exported: generated credentials derive from it',
    optional(text),
  ),
  started: about(
    'virtual and real time at which the initial state was made',
    optional(record({ at: instant, wallAt: instant })),
  ),
};

const YEAR = 365 * 24 * 60 * 60 * 1000;

export const expiryFrom = ({ at, wallAt }: StartTime): number => Math.max(at, wallAt) + YEAR;

/** The state of one area. A reset or a restore replaces it. */
export interface Slot {
  state: object;
}

/** The states of all areas of one organization, and their encodings. */
export class States {
  /** In the order in which they are initialized, serialized and restored. */
  readonly areas: readonly Area[];
  readonly account: Account;
  /** Id from which generated credentials derive: that of the exported organization, if the scenario is an export. */
  readonly organizationId: string;
  /** Takes identifiers as a part of a change. */
  readonly identifiers: Identifiers;
  readonly #definition: OrganizationDefinition;
  readonly #host: Host;
  readonly #sections: Readonly<Record<string, unknown>>;
  readonly #slots = new Map<string, Slot>();
  #startedAt: StartTime = { at: 0, wallAt: 0 };

  constructor(id: string, definition: OrganizationDefinition, options: StateOptions = {}) {
    const { host = portableHost, areas = [], sections = {} } = options;
    this.areas = [...CORE_AREAS, ...areas];
    this.#definition = definition;
    this.#host = host;
    this.#sections = sections;
    this.organizationId = this.#start.organizationId ?? id;
    for (const { name } of this.areas) this.#slots.set(name, { state: {} });
    const counts = (): Map<string, number> => this.read(identifiersArea).identifiers as Map<string, number>;
    this.identifiers = new Identifiers(definition.seed, this.organizationId, {
      count: (kind) => counts().get(kind) ?? 0,
      set: (kind, count) => counts().set(kind, count),
    });
    this.account = createAccount(definition.account, definition.seed, this.identifiers, host.sha256);
  }

  get #start(): { readonly organizationId?: string; readonly started?: StartTime } {
    const start = {};
    const names = new StateNames(this, 0);
    readMembers(START_MEMBERS, start, this.#definition.state ?? {}, names, []);
    return start;
  }

  /** A new object after each reset of the state and each restore. */
  get startedAt(): StartTime {
    return this.#startedAt;
  }

  slot(name: string): Slot {
    return this.#slots.get(name)!;
  }

  read<Reader>({ name }: AreaOf<Reader>): Reader {
    return this.slot(name).state as Reader;
  }

  /** Starts the state now, unless the scenario has a start. */
  start(now: StartTime): void {
    this.#startedAt = { ...(this.#start.started ?? now) };
  }

  /**
   * Makes areas what the scenario describes.
   *
   * @throws StateError if `definition.state` does not fit the rest of the definition
   */
  initialize(areas: readonly Area[], now: StartTime): void {
    for (const area of areas) this.#initialize(area, now);
    const { state } = this.#definition;
    if (state === undefined) return;
    const names = new StateNames(this, this.#host.wall());
    for (const { name, members, place } of areas) {
      const isTop = place === 'top';
      const file = isTop ? state : state[name];
      if (file === undefined) continue;
      readMembers(members, this.slot(name).state, file as object, names, isTop ? [] : [name]);
    }
  }

  #initialize(area: Area, now: StartTime): void {
    this.slot(area.name).state = area.initialize({
      definition: this.#definition,
      sections: this.#sections,
      organizationId: this.organizationId,
      account: this.account,
      host: this.#host,
      startedAt: this.#startedAt,
      now,
      expiry: expiryFrom(this.#startedAt),
      identifiers: this.identifiers,
      random: (purpose) =>
        createRandom(`${this.#definition.seed}\u0000${this.organizationId}\u0000${purpose}`),
      read: (other) => this.read(other),
    });
  }

  save(): Readonly<Record<string, object>> {
    return Object.fromEntries(
      this.areas.map(({ name, members }) => [name, saveMembers(members, this.slot(name).state)]),
    );
  }

  restore({ startedAt, now, areas }: SavedOrganization, wallAt: number): void {
    this.#startedAt = { ...startedAt };
    for (const area of this.areas) this.#initialize(area, { at: now, wallAt });
    for (const { name, members } of this.areas) {
      const saved = areas[name];
      if (saved !== undefined) restoreMembers(members, this.slot(name).state, saved);
    }
  }

  write(wallNow: number): ReadableState {
    const names = new StateNames(this, wallNow);
    const start = { organizationId: this.organizationId, started: this.#startedAt };
    const state: Record<string, unknown> = writeMembers(START_MEMBERS, start, names);
    for (const { name, members, place } of this.areas) {
      const written = writeMembers(members, this.slot(name).state, names);
      if (place === 'top') Object.assign(state, written);
      else if (Object.keys(written).length > 0) state[name] = written;
    }
    return state;
  }
}

/**
 * Checks that `definition.state` fits the rest of the definition.
 *
 * @throws StateError
 */
export function checkState(definition: OrganizationDefinition, options?: StateOptions): void {
  const states = new States('check', definition, options);
  const now = { at: definition.clock?.at ?? 0, wallAt: 0 };
  states.start(now);
  states.initialize(states.areas, now);
}
