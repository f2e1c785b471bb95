import type { Tenant } from '../../engine/tenant.ts';
import type { Action, Expectation } from '../../scenario/scenario-types.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { compileAll } from '../../verify/verifier.ts';
import type { OrganizationMembers } from '../organization.ts';
import type { ActionResult } from '../portal.ts';
import { LiveBehavior } from './behavior.ts';
import { LiveClock } from './clock.ts';
import { LiveCredentials } from './credentials.ts';
import { LiveDevices } from './devices.ts';
import { LiveFaults } from './faults.ts';
import { LiveJournal } from './journal.ts';
import { locationOf } from './location.ts';
import { portalOf } from './portal.ts';
import { profilesOf } from './profiles.ts';
import { LiveTimeline } from './timeline.ts';

/** What users have of an organization; which one it is may change, as the default one does. */
export function membersOf(core: SimulatedApple, tenant: () => Tenant): OrganizationMembers {
  const organization = () => tenant().organization;
  /** What has fallen due has happened before anybody looks. */
  const settled = () => {
    const now = organization();
    now.settle();
    return now;
  };

  async function act(action: Action): Promise<ActionResult> {
    const { parseAction } = await import('../../scenario/actions.ts');
    const parsed = await parseAction(action);
    const { performAction } = await import('../../organization/portal/perform-action.ts');
    return performAction(organization(), parsed);
  }

  async function expect(...expectations: readonly Expectation[]): Promise<void> {
    const { parseExpectations } = await import('../../scenario/expectations.ts');
    const whose = tenant();
    const servers = whose.organization.enrollment.servers.map(({ serverName }) => serverName);
    const { readFile } = core.sourceOf(whose);
    const { catalog } = core.engine;
    core.follow(
      whose,
      await compileAll(await parseExpectations(expectations, { servers, readFile, catalog }), catalog),
    );
  }

  return {
    ...portalOf(act),
    act,
    expect,
    credentials: new LiveCredentials(organization),
    devices: new LiveDevices(organization),
    clock: new LiveClock(organization),
    faults: new LiveFaults(() => tenant().faults, core.engine.catalog),
    serverFaults: new LiveFaults(() => tenant().serverFaults, core.engine.catalog),
    behavior: new LiveBehavior(organization, core.engine.catalog),
    timeline: new LiveTimeline(core, tenant),
    journal: new LiveJournal(core, tenant),
    get profiles() {
      return profilesOf(settled());
    },
    get locations() {
      return settled().content.locations.map(locationOf);
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
