import type { TimelineProgress } from '../../verify/timeline.ts';
import { at, said } from './text.ts';

/** How far a timeline has come, as a file tells it. */
export const timelineStateOf = (
  { startedAt, startedWallAt, entries }: TimelineProgress,
  wallNow: number,
): object => ({
  started_at: at(startedAt),
  real_time_since: Math.max(0, wallNow - startedWallAt),
  entries: entries.map(({ at: done, ...entry }) =>
    said({ ...entry, at: done === undefined ? undefined : at(done) }),
  ),
});
