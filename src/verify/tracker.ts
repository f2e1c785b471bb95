import type { ObservedExchange } from '../engine/observed-exchange.ts';
import type { ExpectationDefinition } from '../scenario/verification.ts';
import type { DataSentReport } from './data-sent/tracker.ts';
import { compileOperation } from './operation-tracker.ts';
import { compileOrder } from './order-tracker.ts';
import type { Outcome } from './verdict.ts';

/** Follows one expectation through the traffic, in memory that does not grow with it. */
export interface Tracker {
  /**
   * @param ordinal counts the exchanges of the organization, from 1
   */
  see(exchanged: ObservedExchange, ordinal: number): void;
  /**
   * @param gap why exchanges of before are not known any more; undefined where all are
   */
  verifier(gap: string | undefined): Outcome;
  /** Row by row, where it follows a declaration. */
  readonly report?: DataSentReport;
}

/** An expectation made ready: it can be followed from the start as often as the organization is reset. */
export interface CompiledExpectation {
  readonly expected: string;
  readonly name: string;
  /** Whether exchanges of an operation matter to it; undefined: requests that met no operation. */
  wants(operation: string | undefined): boolean;
  start(): Tracker;
}

/** @throws WhereError */
export async function compileExpectation(definition: ExpectationDefinition): Promise<CompiledExpectation> {
  switch (definition.kind) {
    case 'operation':
      return compileOperation(definition);
    case 'order':
      return compileOrder(definition);
    case 'data_sent':
      return (await import('./data-sent/tracker.ts')).compileDataSent(definition);
  }
}
