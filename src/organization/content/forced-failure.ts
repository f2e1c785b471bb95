import type { Behavior } from '../behavior.ts';

/** Error of every so many pairs, by behavior; 0 for the others. */
export function createForcedFailure({ event_error, event_error_every }: Behavior['vpp']): () => number {
  if (event_error === 0) return () => 0;
  let count = 0;
  return () => {
    count += 1;
    return count % event_error_every === 0 ? event_error : 0;
  };
}
