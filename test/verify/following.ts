import type { ObservedExchange } from '../../src/engine/observed-exchange.ts';
import type { ExpectationDefinition } from '../../src/scenario/expectation.ts';
import { CATALOG } from '../../src/services/index.ts';
import { compileExpectation } from '../../src/verify/compile-expectation.ts';
import type { Outcome } from '../../src/verify/verdict.ts';

/** What becomes of one expectation after some traffic. */
export async function verified(
  definition: ExpectationDefinition,
  exchanges: readonly ObservedExchange[],
  gap?: string,
): Promise<Outcome> {
  const compiled = await compileExpectation(definition, CATALOG);
  const tracker = compiled.start();
  exchanges.forEach((exchanged, index) => {
    if (compiled.wants(exchanged.operation)) tracker.see(exchanged, index + 1);
  });
  return tracker.verifier(gap);
}
