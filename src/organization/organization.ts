import type { Host } from '../core/host.ts';
import { createRuntime, portableHost, type Runtime } from '../core/runtime.ts';
import { Scheduler } from '../core/scheduler.ts';
import { type Account, createAccount } from './account.ts';
import {
  type Behavior,
  type BehaviorSettings,
  type BehaviorTables,
  behaviorWith,
  settingsWith,
} from './behavior.ts';
import type { Change } from './change.ts';
import { applyContentChange, isContentChange } from './content/apply.ts';
import type { ApplyingContent } from './content/applying.ts';
import { createLocations } from './content/beginning.ts';
import type { Content, ContentState } from './content/location.ts';
import { saveContent } from './content/saved.ts';
import type { DeviceItem, OrganizationDefinition, ServerCredentials } from './definition.ts';
import { applyEnrollmentChange, isEnrollmentChange } from './enrollment/apply.ts';
import type { Applying } from './enrollment/apply-devices.ts';
import { createEnrollment } from './enrollment/beginning.ts';
import { currentToken, type MdmServer } from './enrollment/mdm-server.ts';
import { type BeginningCounts, countsOf, saveEnrollment } from './enrollment/saved.ts';
import { deriveServerCredentials } from './enrollment/server-credentials.ts';
import type { Enrollment, EnrollmentState } from './enrollment/state.ts';
import { createNumbering, type Numbering } from './inventory/numbering.ts';
import { serialClash } from './inventory/serial-clash.ts';
import { PlannedChanges } from './planned-changes.ts';
import { applyPushChange, isPushChange } from './push/apply.ts';
import { createPushState } from './push/beginning.ts';
import { Deliveries } from './push/deliveries.ts';
import { createPushTokens, type PushTokens } from './push/push-tokens.ts';
import { savePush } from './push/saved.ts';
import type { PushReader, PushState } from './push/state.ts';
import type { Beginning, SavedOrganization } from './saved.ts';
import type { SettleState, TellState } from './state/areas.ts';
import type { OrganizationState } from './state/state.ts';

export interface AppliedChange {
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number;
  readonly change: Change;
  /** Whether an earlier change had planned it. */
  readonly planned: boolean;
}

const YEAR = 365 * 24 * 60 * 60 * 1000;

/** Longer than any cursor lives, with room for a walk that began before. */
const CURSOR_LIVES_REMEMBERED = 2;
const CHANGES_BETWEEN_FOLDS = 256;

const expiryFrom = ({ at, wallAt }: Beginning): number => Math.max(at, wallAt) + YEAR;

export interface OrganizationOptions {
  readonly host?: Host | undefined;
  /** The behavior settings of the services. */
  readonly behavior?: BehaviorTables | undefined;
  /** Reads `definition.state`; needed if there is one. */
  readonly settleState?: SettleState | undefined;
}

/** One tenant of the simulated Apple: its devices, MDM servers and profiles, its clock and its seed. */
export class Organization {
  readonly id: string;
  readonly definition: OrganizationDefinition;
  readonly runtime: Runtime;
  readonly account: Account;
  readonly host: Host;
  readonly scheduler = new Scheduler();
  readonly #numbering: Numbering;
  /** Who listens for pushes that reach a device. */
  readonly deliveries = new Deliveries();
  readonly pushTokens: PushTokens;
  readonly #settleState: SettleState | undefined;
  readonly #managedAccounts: ReadonlySet<string> | undefined;
  readonly #listeners = new Set<(applied: AppliedChange) => void>();
  readonly #behaviorTables: BehaviorTables;
  #behavior: Behavior;
  /** Undefined while it is as described. */
  #altered: BehaviorSettings | undefined;
  #state: EnrollmentState;
  #push: PushState;
  #content: ContentState;
  #begun: Beginning;
  #beginningCounts: BeginningCounts;
  #changes = 0;
  #repeats = false;
  readonly #planned = new PlannedChanges(this.scheduler, (change, due) => this.#apply(change, due, true));

  constructor(
    id: string,
    definition: OrganizationDefinition,
    { host = portableHost, behavior = {}, settleState }: OrganizationOptions = {},
  ) {
    this.#behaviorTables = behavior;
    this.id = id;
    this.host = host;
    this.definition = definition;
    this.#settleState = settleState;
    this.#behavior = behaviorWith(behavior, definition.behavior);
    this.runtime = createRuntime(
      {
        seed: definition.seed,
        organization: this.#madeUpFor,
        clock: definition.clock,
        clientTime: definition.clientTime,
      },
      host,
    );
    this.account = createAccount(definition.account, definition.seed, this.runtime.identifiers, host.sha256);
    this.#numbering = createNumbering(definition.seed);
    this.#managedAccounts =
      definition.managedAppleAccounts &&
      new Set(definition.managedAppleAccounts.map((account) => account.toLowerCase()));
    this.pushTokens = createPushTokens(definition.seed, this.#madeUpFor);
    this.#begun = definition.state?.begun ?? this.#now();
    this.#state = this.#beginning();
    this.#beginningCounts = countsOf(this.#state);
    this.#push = this.#pushBeginning();
    this.#content = this.#contentBeginning();
    this.#settle();
  }

  /** Whose credentials are made up: those of an organization that went on under another id. */
  get #madeUpFor(): string {
    return this.definition.state?.organizationId ?? this.id;
  }

  /** How Apple behaves now: every key with its value. */
  get behavior(): Behavior {
    return this.#behavior;
  }

  get enrollment(): Enrollment {
    return this.#state;
  }

  get push(): PushReader {
    return this.#push;
  }

  /** What decides about Managed Apple Accounts. */
  get contentRules(): Pick<ApplyingContent, 'managedAccounts'> {
    return { managedAccounts: this.#managedAccounts };
  }

  get content(): Content {
    return this.#content;
  }

  /** Alters what Apple knows, then tells the listeners. The one way in. */
  apply(change: Change, at: number = this.runtime.clock.now()): void {
    this.#apply(change, at, false);
  }

  #apply(change: Change, at: number, planned: boolean): void {
    if (isPushChange(change)) applyPushChange({ state: this.#push, at }, change);
    else if (isEnrollmentChange(change)) applyEnrollmentChange(this.#applying(this.#state, at), change);
    else if (isContentChange(change)) applyContentChange(this.#applyingContent(at), change);
    else this.#behave(settingsWith(this.#altered ?? {}, change.settings));
    this.#changes += 1;
    if (this.#changes % CHANGES_BETWEEN_FOLDS === 0) this.#fold(at);
    if (this.#listeners.size > 0) {
      const applied = { at, change, planned };
      for (const listener of this.#listeners) listener(applied);
    }
    if (change.type === 'push_delivered' && change.wakes) this.deliveries.tell(change);
  }

  #behave(altered: BehaviorSettings | undefined): void {
    this.#altered = altered;
    this.#behavior = behaviorWith(
      this.#behaviorTables,
      settingsWith(this.definition.behavior, altered ?? {}),
    );
  }

  /** @returns how to stop listening */
  onChange(listener: (applied: AppliedChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lets everything happen that has fallen due on the virtual clock. */
  settle(): void {
    if (this.scheduler.size > 0) this.scheduler.runDue(this.runtime.clock.now());
  }

  /** Drops every change: back to what the scenario describes. The clock is left as it is. */
  reset(): void {
    this.#begin(this.definition.state?.begun ?? this.#now());
    this.#settle();
  }

  /** What a file tells of the time since the beginning. @throws StateError */
  #settle(): void {
    const { state } = this.definition;
    if (state === undefined) return;
    if (this.#settleState === undefined) throw new Error('a state is given, and nothing that reads it');
    const { identifiers, clientTimes } = this.runtime;
    this.#settleState(state, {
      enrollment: this.#state,
      push: this.#push,
      content: this.#content,
      numbering: this.#numbering,
      later: this.#planned.add,
    });
    this.#changes = state.changes ?? 0;
    identifiers.resume(Object.entries(state.identifiers ?? {}));
    clientTimes.resume(state.clientTimes ?? []);
  }

  /** All that has changed since the beginning, in the words of a file. */
  tell(tellState: TellState): OrganizationState {
    const { identifiers, clientTimes } = this.runtime;
    return {
      organizationId: this.#madeUpFor,
      begun: this.#begun,
      changes: this.#changes,
      identifiers: Object.fromEntries(identifiers.counts),
      clientTimes: [...clientTimes.offsets],
      ...tellState({
        enrollment: this.#state,
        push: this.#push,
        content: this.#content,
        beginning: this.#beginningCounts,
        planned: this.#planned.all,
      }),
    };
  }

  #begin(beginning: Beginning): void {
    this.scheduler.clear();
    this.#planned.clear();
    this.runtime.identifiers.restart();
    this.runtime.clientTimes.forget();
    this.#changes = 0;
    this.#behave(undefined);
    this.#begun = beginning;
    this.#state = this.#beginning();
    this.#push = this.#pushBeginning();
    this.#content = this.#contentBeginning();
  }

  /** Another object after each beginning. */
  get begun(): Beginning {
    return this.#begun;
  }

  /** True while something is done again that was done before: the world has heard of it. */
  get repeats(): boolean {
    return this.#repeats;
  }

  /** All that has changed since the beginning. The costs are those of what was touched, not of what there is. */
  save(): SavedOrganization {
    const { clock, identifiers, clientTimes } = this.runtime;
    return {
      begun: this.#begun,
      changes: this.#changes,
      ...(this.#altered === undefined ? {} : { behavior: this.#altered }),
      enrollment: saveEnrollment(this.#state, this.#beginningCounts),
      push: savePush(this.#push),
      content: saveContent(this.#content),
      planned: this.#planned.all,
      identifiers: [...identifiers.counts],
      clientTimes: [...clientTimes.offsets],
      course: clock.course,
      now: clock.now(),
      wallNow: clock.wallNow(),
    };
  }

  /**
   * Back to what was saved of an organization of the same definition and id.
   *
   * @param time `then`: the clock goes on from when it was saved; `since`: as if it had run on all the time
   * @param plan puts on the scheduler what stood there before any change did
   */
  restore(saved: SavedOrganization, time: 'then' | 'since' = 'then', plan: () => void = () => {}): void {
    const { clock, identifiers, clientTimes } = this.runtime;
    clock.follow(saved.course);
    if (time === 'then') clock.set({ at: saved.now });
    this.#begin(saved.begun);
    if (saved.behavior !== undefined) {
      this.apply({ type: 'behavior_set', settings: saved.behavior }, saved.now);
    }
    plan();
    this.apply({ type: 'enrollment_restored', saved: saved.enrollment }, saved.now);
    this.apply({ type: 'push_restored', saved: saved.push }, saved.now);
    this.apply({ type: 'content_restored', saved: saved.content }, saved.now);
    for (const { at, change } of saved.planned) this.#planned.add(at, change);
    this.#changes = saved.changes;
    identifiers.resume(saved.identifiers);
    clientTimes.resume(saved.clientTimes);
  }

  /** Does again what was done, as an account of it tells. */
  repeat({ at, change, planned }: AppliedChange): void {
    this.#repeats = true;
    try {
      if (planned) this.#planned.drop(at, change);
      this.#apply(change, at, planned);
    } finally {
      this.#repeats = false;
    }
  }

  resetClock(): void {
    this.runtime.clock.set({
      at: this.definition.clock?.at ?? this.runtime.clock.wallNow(),
      rate: this.definition.clock?.rate ?? 1,
    });
  }

  /** The MDM server of that name; the first where none is named. */
  serverNamed(name: string | undefined): MdmServer | undefined {
    return name === undefined
      ? this.#state.servers[0]
      : this.#state.servers.find((server) => server.serverName === name || server.serverUuid === name);
  }

  /** Credentials for the next server token of an MDM server. */
  nextServerCredentials(server: MdmServer): ServerCredentials {
    const { identifiers } = this.runtime;
    const next = deriveServerCredentials(identifiers, identifiers.next(`server token ${server.serverName}`));
    return this.behavior.dep.renewal_consumer_key === 'same'
      ? { ...next, consumer_key: currentToken(server).consumer_key }
      : next;
  }

  /** A year on: for clients, which check it by the real clock, and for us, who check it by the virtual one. */
  nextExpiry(): number {
    return expiryFrom(this.#now());
  }

  #now(): Beginning {
    const { clock } = this.runtime;
    return { at: clock.now(), wallAt: clock.wallNow() };
  }

  /** A serial number that a named device has and that a generated one among these would have too. */
  clashOf(runs: readonly (readonly DeviceItem[])[]): string | undefined {
    const { inventory } = this.#state;
    return serialClash(this.#numbering, runs, inventory.nextPlace.number, inventory.namedSerials);
  }

  #applying(state: EnrollmentState, at: number): Applying {
    return {
      state,
      behavior: this.behavior.dep,
      numbering: this.#numbering,
      at,
      later: this.#planned.add,
    };
  }

  #applyingContent(at: number): ApplyingContent {
    return {
      state: this.#content,
      behavior: this.behavior.vpp,
      identifiers: this.runtime.identifiers,
      managedAccounts: this.#managedAccounts,
      later: this.#planned.add,
      knowsSerial: (serial) => this.#state.inventory.find(serial) !== undefined,
      at,
    };
  }

  #contentBeginning(): ContentState {
    return {
      locations: createLocations(this.definition.locations ?? [], {
        identifiers: this.runtime.identifiers,
        orgType: this.account.org_type,
        expiry: expiryFrom(this.#begun),
        now: this.#begun.at,
      }),
    };
  }

  #beginning(): EnrollmentState {
    return createEnrollment({
      definition: this.definition,
      identifiers: this.runtime.identifiers,
      numbering: this.#numbering,
      expiry: expiryFrom(this.#begun),
      applying: (state) => this.#applying(state, this.#begun.at),
    });
  }

  #pushBeginning(): PushState {
    return createPushState({
      definition: this.definition.push ?? {},
      runtime: this.runtime,
      organization: this.#madeUpFor,
      tokens: this.pushTokens,
      inventory: this.#state.inventory,
    });
  }

  #fold(at: number): void {
    const horizon = at - CURSOR_LIVES_REMEMBERED * this.behavior.dep.cursor_max_age;
    for (const server of this.#state.servers) server.log.foldBefore(horizon);
  }
}
