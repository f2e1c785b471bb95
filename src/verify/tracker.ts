import type { ObservedExchange } from '../engine/observed-exchange.ts';
import type { ExpectationDefinition } from '../scenario/verification.ts';
import type { DataSentReport } from './data-sent/tracker.ts';
import { compileOperation } from './operation-tracker.ts';
import { compileOrder } from './order-tracker.ts';
import type { Outcome } from './verdict.ts';

/** Checks one expectation against the exchanges of an organization. Its memory does not grow with their number. */
export interface Tracker {
  /**
   * Takes the next exchange into account.
   *
   * @param ordinal number of the exchange in the organization, from 1
   */
  observe(exchange: ObservedExchange, ordinal: number): void;
  /**
   * The result so far.
   *
   * @param gap why earlier exchanges are missing; undefined if none are
   */
  outcome(gap: string | undefined): Outcome;
  /** The rows of the declaration, for a data-sent expectation. */
  readonly report?: DataSentReport;
}

/** A compiled expectation. `start` creates a new tracker, after each reset of the organization. */
export interface CompiledExpectation {
  readonly expected: string;
  readonly name: string;
  /** Whether the tracker needs the exchanges of an operation; undefined: requests that matched no operation. */
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
