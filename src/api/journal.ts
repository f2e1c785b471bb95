import type { AnyOperation, WaitedExchange } from '../verify/wait-for.ts';

/** What was asked and answered in an organization, the oldest first. Bounded: what fell out is counted. */
export interface Journal extends Iterable<WaitedExchange> {
  /** All exchanges that are kept, or those of one operation. */
  entries(): readonly WaitedExchange[];
  entries<const Operation extends AnyOperation>(operation: Operation): readonly WaitedExchange<Operation>[];
  /** How many fell out. */
  readonly dropped: number;
}
