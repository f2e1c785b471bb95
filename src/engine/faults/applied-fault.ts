import type { FaultDefinition } from './definition.ts';

/** A fault that applies to a request or a peer, with its drawn values. */
export interface AppliedFault {
  /** Id of the fault. */
  readonly id: string;
  readonly definition: FaultDefinition;
  /** Real milliseconds. */
  readonly latency: number | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;
}
