import type { OperationName } from '../scenario/generated/scenario-types.ts';
import type { Exchange } from '../verify/exchange.ts';

/** What was asked and answered in an organization, the oldest first. Bounded: what fell out is counted. */
export interface Journal extends Iterable<Exchange> {
  /** All exchanges that are kept. */
  entries(): readonly Exchange[];
  /** Those of one operation. */
  entries<const Operation extends OperationName>(operation: Operation): readonly Exchange<Operation>[];
  /** How many fell out. */
  readonly dropped: number;
}
