import type { FilePlace } from '../scenario/expectation.ts';

/** What has become of an entry of the timeline. */
export type TimelineStatus = 'pending' | 'done' | 'failed';

/** What became of one entry of the timeline. */
export interface TimelineReport {
  /** The action by its name, and when it was to be done. */
  readonly action: string;
  readonly when: string;
  readonly place: FilePlace | undefined;
  readonly status: TimelineStatus;
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number | undefined;
  /** Why it could not be done. */
  readonly reason: string | undefined;
}
