/// <reference lib="esnext.disposable" preserve="true" />
import type { Tenant } from '../engine/tenant.ts';
import type { Action, Expectation, OperationName } from '../scenario/generated/scenario-types.ts';
import type { SimulatedApple } from '../simulated-apple.ts';
import type { Exchange } from '../verify/exchange.ts';
import type { Report } from '../verify/report/report.ts';
import { compileAll } from '../verify/verifier.ts';
import type { WaitOptions } from '../verify/wait-for.ts';
import { type Behavior, behaviorOf } from './behavior.ts';
import { type Clock, clockOf } from './clock.ts';
import { type Credentials, credentialsOf } from './credentials.ts';
import { type Devices, devicesOf } from './devices.ts';
import { type Faults, faultsOf } from './faults.ts';
import { type Journal, journalOf } from './journal.ts';
import { type Location, locationOf } from './locations.ts';
import { type ActionResult, type Portal, portalOf } from './portal.ts';
import { type Profile, profilesOf } from './profiles.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/** A part of an organization that `reset` sets back. */
export type Resettable = 'state' | 'faults' | 'journal' | 'clock' | 'expectations';

/** One tenant of the simulated Apple, like an organization in Apple Business Manager. */
export interface OrganizationMembers extends Portal {
  /** The credentials that Apple's portals give to an MDM server. */
  readonly credentials: Credentials;
  /** The devices with their current state. */
  readonly devices: Devices;
  /** The enrollment profiles, in the order in which the MDM servers defined them. */
  readonly profiles: readonly Profile[];
  /** The locations of Apps and Books, in the order of the scenario. */
  readonly locations: readonly Location[];
  /** The virtual clock. */
  readonly clock: Clock;
  /** Faults for the requests of this organization. */
  readonly faults: Faults;
  /**
   * Faults of the complete server. They apply before the organization of a request is known, while this organization
   * is the default one.
   */
  readonly serverFaults: Faults;
  /** The behavior settings. */
  readonly behavior: Behavior;
  /** The planned events. */
  readonly timeline: Timeline;
  /** The recorded requests with their responses. */
  readonly journal: Journal;
  /** The names of the snapshots, oldest first. */
  readonly snapshots: readonly string[];
  /**
   * Performs a portal action in the form of a scenario file.
   *
   * @throws ActionError if the action is not possible, ScenarioError if it is invalid; nothing is changed then
   */
  act(action: Action): Promise<ActionResult>;
  /**
   * Adds expectations. They also see the exchanges that are still in the journal.
   *
   * @throws ScenarioError if an expectation is invalid; none is added then
   */
  expect(...expectations: readonly Expectation[]): Promise<void>;
  /**
   * Waits for a matching exchange of an operation: one in the journal, or the next one.
   *
   * @throws WaitError if none arrives in time, ScenarioError if `where` is invalid
   */
  waitFor<const Operation extends OperationName>(
    operation: Operation,
    options?: WaitOptions<Operation>,
  ): Promise<Exchange<Operation>>;
  /** Sets everything, or the named parts, back to the scenario. */
  reset(only?: readonly Resettable[]): void;
  /**
   * Takes a snapshot. Without a name it is called `snapshot-1`, `snapshot-2`, …
   *
   * @returns the name
   * @throws SnapshotError if the name is invalid
   */
  snapshot(name?: string): string;
  /** Restores a snapshot, which can be restored again. @throws SnapshotError if no snapshot has the name */
  restore(name: string): Promise<void>;
  /** Returns a snapshot as a scenario file in YAML. @throws SnapshotError if no snapshot has the name */
  export(name: string): Promise<string>;
}

/** One tenant of the simulated Apple, like an organization in Apple Business Manager. Disposing of it removes it. */
export interface Organization extends OrganizationMembers, Disposable, AsyncDisposable {
  /** Identifies the organization in the control API, in reports and in the journal. */
  readonly id: string;
  /** Verifies the expectations of the organization against the requests received so far. */
  verify(): Report;
}

/** @param tenant returns the organization at the moment of a call: the default organization can change */
export function organizationMembers(core: SimulatedApple, tenant: () => Tenant): OrganizationMembers {
  const organization = () => tenant().organization;
  /** The organization after all tasks that are due at the current virtual time. */
  const upToDate = () => {
    const current = organization();
    current.runDueTasks();
    return current;
  };

  async function act(action: Action): Promise<ActionResult> {
    const { parseAction } = await import('../scenario/parse.ts');
    const parsed = await parseAction(action, core.engine.catalog);
    const { performAction } = await import('../organization/actions.ts');
    return performAction(organization(), parsed);
  }

  async function expect(...expectations: readonly Expectation[]): Promise<void> {
    const { parseExpectations } = await import('../scenario/parse.ts');
    const owner = tenant();
    const servers = owner.organization.enrollment.servers.map(({ serverName }) => serverName);
    const { readFile } = core.sourceOf(owner);
    const { catalog } = core.engine;
    core.follow(
      owner,
      await compileAll(await parseExpectations(expectations, { servers, readFile, catalog }), catalog),
    );
  }

  return {
    ...portalOf(act, core.engine.catalog.areas),
    act,
    expect,
    credentials: credentialsOf(upToDate),
    devices: devicesOf(upToDate),
    clock: clockOf(organization),
    faults: faultsOf(() => tenant().faults, core.engine.catalog),
    serverFaults: faultsOf(() => tenant().serverFaults, core.engine.catalog),
    behavior: behaviorOf(organization, core.engine.catalog),
    timeline: timelineOf(core, tenant),
    journal: journalOf(core, tenant),
    get profiles() {
      return profilesOf(upToDate());
    },
    get locations() {
      return upToDate().content.locations.map(locationOf);
    },
    get snapshots() {
      return core.snapshotsOf(tenant()).names;
    },
    waitFor: (operation, options) => core.waitFor(operation, options, tenant().id),
    reset: (only) => core.reset(tenant(), only),
    snapshot: (name) => core.snapshot(name, tenant().id),
    restore: (name) => core.restore(name, tenant().id),
    export: (name) => core.exportSnapshot(name, tenant().id),
  };
}
