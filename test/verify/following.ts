import type { ObservedExchange } from '../../src/engine/observed-exchange.ts';
import type { ExpectationDefinition } from '../../src/scenario/verification.ts';
import { compileExpectation } from '../../src/verify/tracker.ts';
import type { Outcome } from '../../src/verify/verdict.ts';

/** The outcome of one expectation after some exchanges. */
export async function verified(
  definition: ExpectationDefinition,
  exchanges: readonly ObservedExchange[],
  gap?: string,
): Promise<Outcome> {
  const compiled = await compileExpectation(definition);
  const tracker = compiled.start();
  exchanges.forEach((exchange, index) => {
    if (compiled.wants(exchange.operation)) tracker.observe(exchange, index + 1);
  });
  return tracker.outcome(gap);
}
