import type { FaultDefinition } from './definition.ts';

/** A fault that applies to a request or connection, with its random values. */
export interface AppliedFault {
  /** Of the fault. */
  readonly id: string;
  readonly definition: FaultDefinition;
  /** Real milliseconds. */
  readonly latency: number | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;
}
