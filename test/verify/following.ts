import type { ObservedExchange } from '../../src/engine/observed-exchange.ts';
import type { ExpectationDefinition } from '../../src/scenario/verification.ts';
import { compileExpectation } from '../../src/verify/tracker.ts';
import type { Outcome } from '../../src/verify/verdict.ts';

/** What becomes of one expectation after some traffic. */
export async function verified(
  definition: ExpectationDefinition,
  exchanges: readonly ObservedExchange[],
  gap?: string,
): Promise<Outcome> {
  const compiled = await compileExpectation(definition);
  const tracker = compiled.start();
  exchanges.forEach((exchanged, index) => {
    if (compiled.wants(exchanged.operation)) tracker.see(exchanged, index + 1);
  });
  return tracker.verifier(gap);
}
