import type { FilePlace } from '../scenario/expectation.ts';
import type { TimelineStatus } from '../scenario/timeline-progress.ts';

/** What happened to one entry of the timeline. */
export interface TimelineReport {
  /** The name of the action, and when it is due. */
  readonly action: string;
  readonly when: string;
  readonly place: FilePlace | undefined;
  readonly status: TimelineStatus;
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number | undefined;
  /** Why it failed. */
  readonly reason: string | undefined;
}
