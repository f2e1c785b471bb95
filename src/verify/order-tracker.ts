import { operationPattern } from '../engine/faults/operation-pattern.ts';
import type { ObservedExchange } from '../engine/observed-exchange.ts';
import type { OrderExpectation } from '../scenario/verification.ts';
import type { CompiledExpectation, Tracker } from './tracker.ts';
import { type Evidence, type Outcome, PASSED } from './verdict.ts';

export function compileOrder({ name, operations, adjacent }: OrderExpectation): CompiledExpectation {
  const patterns = operations.map(operationPattern);
  const expected = `${operations.join(', then ')}${adjacent ? ', without other exchanges in between' : ''}`;
  return {
    expected,
    name: name ?? expected,
    wants: (operation) => operation !== undefined && patterns.some((pattern) => pattern.test(operation)),
    start: () => new OrderTracker(operations, patterns, adjacent),
  };
}

interface First extends Evidence {
  readonly ordinal: number;
}

/** Keeps only the first exchange of each operation. */
class OrderTracker implements Tracker {
  readonly #operations: readonly string[];
  readonly #patterns: readonly RegExp[];
  readonly #adjacent: boolean;
  readonly #first: (First | undefined)[];

  constructor(operations: readonly string[], patterns: readonly RegExp[], adjacent: boolean) {
    this.#operations = operations;
    this.#patterns = patterns;
    this.#adjacent = adjacent;
    this.#first = operations.map(() => undefined);
  }

  observe({ seq, at, operation }: ObservedExchange, ordinal: number): void {
    this.#patterns.forEach((pattern, index) => {
      if (this.#first[index] === undefined && pattern.test(operation!)) {
        this.#first[index] = { seq, at, operation: operation!, ordinal };
      }
    });
  }

  outcome(gap: string | undefined): Outcome {
    if (gap !== undefined) return { status: 'unknown', reason: gap };
    const missing = this.#first.indexOf(undefined);
    if (missing >= 0) return { status: 'failed', reason: `${this.#operations[missing]} was never sent` };
    for (let index = 1; index < this.#first.length; index += 1) {
      const before = this.#first[index - 1]!;
      const first = this.#first[index]!;
      const problem = this.#problem(before, first);
      if (problem !== undefined) return { status: 'failed', reason: problem, nearest: shown(first) };
    }
    return PASSED;
  }

  #problem(before: First, first: First): string | undefined {
    const pair = `${first.operation} (#${first.seq})`;
    const other = `${before.operation} (#${before.seq})`;
    if (first.ordinal === before.ordinal) return `${pair} cannot count for two operations of the order`;
    if (first.ordinal < before.ordinal) return `${pair} was sent before ${other}`;
    const between = first.ordinal - before.ordinal - 1;
    if (!this.#adjacent || between === 0) return undefined;
    return `${between} other ${between === 1 ? 'exchange' : 'exchanges'} came between ${other} and ${pair}`;
  }
}

const shown = ({ seq, at, operation }: First): Evidence => ({ seq, at, operation });
