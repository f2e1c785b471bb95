import type { FaultDefinition } from './definition.ts';

/** A request, or a peer, that a fault applies to, and what was drawn for it. */
export interface AppliedFault {
  /** Of the fault. */
  readonly id: string;
  readonly definition: FaultDefinition;
  /** Real milliseconds. */
  readonly latency: number | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;
}
