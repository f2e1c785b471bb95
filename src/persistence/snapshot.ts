import type { SavedFault } from '../engine/faults/fault-table.ts';
import type { Tenant } from '../engine/tenant.ts';
import type { SavedOrganization } from '../organization/saved.ts';
import type { TimelineProgress } from '../verify/timeline.ts';
import type { Verifier } from '../verify/verifier.ts';

/**
 * An organization as it was: what Apple knows, its clock, its faults with how often they were applied, how far its timeline
 * had come. Journal and expectations are of the test, and not in it. Plain data, which nobody writes to.
 */
export interface Snapshot {
  readonly organization: SavedOrganization;
  readonly faults: readonly SavedFault[];
  readonly serverFaults: readonly SavedFault[];
  readonly timeline: TimelineProgress;
}

export function takeSnapshot({ organization, faults, serverFaults }: Tenant, verifier: Verifier): Snapshot {
  organization.settle();
  return {
    organization: organization.save(),
    faults: faults.save(),
    serverFaults: serverFaults.save(),
    timeline: verifier.timelineProgress,
  };
}

/** @param time `then`: the clock goes on from when it was taken; `since`: as if it had run on all the time */
export async function restoreSnapshot(
  { organization, faults, serverFaults }: Tenant,
  verifier: Verifier,
  snapshot: Snapshot,
  time: 'then' | 'since' = 'then',
): Promise<void> {
  const setFaults = await faults.prepare(snapshot.faults);
  const setServerFaults = await serverFaults.prepare(snapshot.serverFaults);
  // In one go: nobody may find an organization that is half restored.
  organization.restore(snapshot.organization, time, () => verifier.resumeTimeline(snapshot.timeline));
  setFaults();
  setServerFaults();
}
