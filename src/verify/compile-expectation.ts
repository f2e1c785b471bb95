import type { Catalog } from '../engine/catalog.ts';
import type { ExpectationDefinition } from '../scenario/expectation.ts';
import { compileOperation } from './operation-tracker.ts';
import { compileOrder } from './order-tracker.ts';
import type { CompiledExpectation } from './tracker.ts';

/** @throws WhereError */
export async function compileExpectation(
  definition: ExpectationDefinition,
  catalog: Catalog,
): Promise<CompiledExpectation> {
  switch (definition.kind) {
    case 'operation':
      return compileOperation(definition);
    case 'order':
      return compileOrder(definition);
    case 'data_sent':
      return (await import('./data-sent/tracker.ts')).compileDataSent(definition, catalog);
  }
}
