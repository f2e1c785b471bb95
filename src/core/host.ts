import type { After } from './alarm.ts';
import type { Sha256 } from './digest.ts';
import type { Post } from './post.ts';
import type { WallClock } from './wall-clock.ts';

/** What the machine around the simulated Apple provides. */
export interface Host {
  readonly wall: WallClock;
  readonly sha256: Sha256;
  /** Default: the timers of the machine. */
  readonly after?: After | undefined;
  /** Undefined if webhooks cannot be sent. */
  readonly post?: Post | undefined;
}
