import type { Tenant } from '../engine/tenant.ts';
import type { TimelineEntry } from '../scenario/generated/scenario-types.ts';
import type { SimulatedApple } from '../simulated-apple.ts';
import type { TimelineReport } from '../verify/report/report.ts';
import { readyTimeline } from '../verify/timeline.ts';

/** Planned events of an organization, by time or after a request. */
export interface Timeline {
  /** Every entry with its status. */
  readonly list: readonly TimelineReport[];
  /**
   * Adds entries; `after` counts from now. `reset` and `restore` remove added entries.
   *
   * @throws ScenarioError if an entry is invalid; none is added then
   */
  add(...entries: readonly TimelineEntry[]): Promise<void>;
}

export const timelineOf = (core: SimulatedApple, tenant: () => Tenant): Timeline => ({
  get list() {
    const current = tenant();
    current.organization.runDueTasks();
    return structuredClone(core.verifierOf(current).timeline);
  },
  async add(...entries) {
    const { parseTimeline } = await import('../scenario/parse.ts');
    const ready = await readyTimeline(await parseTimeline(entries));
    core.verifierOf(tenant()).addTimeline(ready);
  },
});
