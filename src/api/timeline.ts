import type { TimelineEntry } from '../scenario/scenario-types.ts';
import type { TimelineReport } from '../verify/report/report.ts';

/** What happens of its own accord, by time or by traffic. */
export interface Timeline {
  /** What has become of each entry until now. */
  readonly list: readonly TimelineReport[];
  /**
   * Lets more happen: `after` counts from now. `reset` and `restore` forget what was added.
   *
   * @throws ScenarioError where an entry is wrong; none is added then
   */
  add(...entries: readonly TimelineEntry[]): Promise<void>;
}
