/// <reference lib="esnext.disposable" preserve="true" />
import type { Action, Expectation, OperationName } from '../scenario/scenario-types.ts';
import type { Exchange } from '../verify/exchange.ts';
import type { Report } from '../verify/report/report.ts';
import type { WaitOptions } from '../verify/wait-for.ts';
import type { Behavior } from './behavior.ts';
import type { Clock } from './clock.ts';
import type { Credentials } from './credentials.ts';
import type { Devices } from './device.ts';
import type { Faults } from './faults.ts';
import type { Journal } from './journal.ts';
import type { Location } from './location.ts';
import type { ActionResult, Portal } from './portal.ts';
import type { Profile } from './profile.ts';
import type { Timeline } from './timeline.ts';

/** What `reset` brings back to the start. */
export type Resettable = 'state' | 'faults' | 'journal' | 'clock' | 'expectations';

/** One tenant of the simulated Apple, as in Apple Business Manager. */
export interface OrganizationMembers extends Portal {
  /** What the portal hands out for an MDM. */
  readonly credentials: Credentials;
  /** Its devices as Apple knows them now. */
  readonly devices: Devices;
  /** The enrollment profiles that MDM servers have defined, in that order. */
  readonly profiles: readonly Profile[];
  /** The locations of Apps and Books, in the order of the scenario. */
  readonly locations: readonly Location[];
  /** Its virtual time, which can be moved. */
  readonly clock: Clock;
  /** What goes wrong with its requests. */
  readonly faults: Faults;
  /** Faults of the whole server, before a request has an organization; they apply while this is the default one. */
  readonly serverFaults: Faults;
  /** How Apple behaves to it: every key with its value. */
  readonly behavior: Behavior;
  /** What happens in its portal of its own accord. */
  readonly timeline: Timeline;
  /** What it was asked, and what was answered. */
  readonly journal: Journal;
  /** Names of the snapshots that were taken, the oldest first. */
  readonly snapshots: readonly string[];
  /**
   * Does an action of the portal, in the form of a scenario file.
   *
   * @throws ActionError where it cannot be done, ScenarioError where it is wrong; nothing of it was done then
   */
  act(action: Action): Promise<ActionResult>;
  /**
   * Follows more expectations, from what the journal still has on.
   *
   * @throws ScenarioError where one is wrong; none is followed then
   */
  expect(...expectations: readonly Expectation[]): Promise<void>;
  /**
   * The first exchange of an operation that fits: one that came already, or the next.
   *
   * @throws WaitError where none comes in time, ScenarioError where `where` is wrong
   */
  waitFor<const Operation extends OperationName>(
    operation: Operation,
    options?: WaitOptions<Operation>,
  ): Promise<Exchange<Operation>>;
  /** Back to what the scenario describes, whole or in parts. */
  reset(only?: readonly Resettable[]): void;
  /**
   * Keeps the organization as it is now under a name; without one under `snapshot-1`, `snapshot-2`, …
   *
   * @returns the name
   * @throws SnapshotError where the name does not do
   */
  snapshot(name?: string): string;
  /** Back to a snapshot, as often as one likes. @throws SnapshotError where none has the name */
  restore(name: string): Promise<void>;
  /** A snapshot as a scenario file in YAML. @throws SnapshotError where none has the name */
  export(name: string): Promise<string>;
}

/** One tenant of the simulated Apple, as in Apple Business Manager. Disposed of, it leaves. */
export interface Organization extends OrganizationMembers, Disposable, AsyncDisposable {
  /** By which the control API, reports and the journal know it. */
  readonly id: string;
  /** Verifies it by its expectations, as far as exchanges were seen until now. */
  verify(): Report;
}
