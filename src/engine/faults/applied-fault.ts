import type { FaultDefinition } from './definition.ts';

/** A request, or a peer, that a fault strikes, and what was drawn for it. */
export interface Struck {
  /** Of the fault. */
  readonly id: string;
  readonly definition: FaultDefinition;
  /** Real milliseconds. */
  readonly latency: number | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;
}
