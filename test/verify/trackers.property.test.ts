import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ObservedExchange } from '../../src/engine/observed-exchange.ts';
import type {
  ExpectationDefinition,
  OperationExpectation,
  OrderExpectation,
} from '../../src/scenario/verification.ts';
import { compileExpectation } from '../../src/verify/tracker.ts';
import { verified } from './following.ts';
import { exchangeOf } from './seen.ts';

const OPERATIONS = ['dep.a', 'dep.b', 'dep.c'] as const;

interface Step {
  readonly operation: string;
  readonly body: Readonly<Record<string, number>>;
  readonly wait: number;
}

const traffic = fc.array(
  fc.record({
    operation: fc.constantFrom(...OPERATIONS),
    body: fc.dictionary(fc.constantFrom('x', 'y'), fc.integer({ min: 0, max: 2 })),
    wait: fc.integer({ min: 0, max: 5 }),
  }),
  { maxLength: 12 },
);

function exchangesOf(steps: readonly Step[]): readonly ObservedExchange[] {
  let at = 0;
  return steps.map(({ operation, body, wait }, index) => {
    at += wait;
    return exchangeOf(index + 1, operation, body, { at });
  });
}

const equals = fc.dictionary(fc.constantFrom('x', 'y'), fc.integer({ min: 0, max: 2 }), { minKeys: 1 });

type Wanted = Readonly<Record<string, number>>;

const where = (wanted: Wanted | undefined) =>
  wanted &&
  Object.fromEntries(Object.entries(wanted).map(([name, value]) => [`$.body.${name}`, { equals: value }]));

interface Drawn {
  readonly operation: string;
  readonly where: Wanted | undefined;
  readonly fields: Wanted | undefined;
  readonly each: Wanted | undefined;
  readonly times: { readonly at_least?: number; readonly at_most?: number } | undefined;
  readonly within: { readonly after: string; readonly time: number } | undefined;
}

const option = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

const drawn: fc.Arbitrary<Drawn> = fc.record({
  operation: fc.constantFrom(...OPERATIONS, 'dep.*'),
  where: option(equals),
  fields: option(equals),
  each: option(equals),
  times: option(
    fc.oneof(
      fc.record({ at_least: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ at_most: fc.integer({ min: 0, max: 3 }) }),
      fc.integer({ min: 0, max: 3 }).map((count) => ({ at_least: count, at_most: count })),
    ),
  ),
  within: option(fc.record({ after: fc.constantFrom(...OPERATIONS), time: fc.integer({ min: 0, max: 8 }) })),
});

const isLike = (body: Readonly<Record<string, number>>, wanted: Wanted): boolean =>
  Object.entries(wanted).every(([name, value]) => body[name] === value);

/** Evaluates an expectation directly on the complete list of exchanges. */
function evaluate(expectation: Drawn, steps: readonly Step[]): boolean {
  const times = steps.map((_, index) => steps.slice(0, index + 1).reduce((sum, { wait }) => sum + wait, 0));
  const { within } = expectation;
  const anchor = within === undefined ? -1 : steps.findIndex(({ operation }) => operation === within.after);
  if (within !== undefined && anchor < 0) return false;
  const matches = steps.filter(({ operation, body }, index) => {
    if (expectation.operation !== 'dep.*' && operation !== expectation.operation) return false;
    if (expectation.where !== undefined && !isLike(body, expectation.where)) return false;
    return within === undefined || (index > anchor && times[index]! <= times[anchor]! + within.time);
  });
  const { at_least, at_most } = expectation.times ?? { at_least: 1 };
  if (matches.length < (at_least ?? 0) || matches.length > (at_most ?? Number.POSITIVE_INFINITY))
    return false;
  const { fields, each } = expectation;
  if (fields !== undefined && !matches.some(({ body }) => isLike(body, fields))) return false;
  return each === undefined || (matches.length > 0 && matches.every(({ body }) => isLike(body, each)));
}

describe('trackers, compared with a direct evaluation of all exchanges', () => {
  it('agree for expectations of an operation', () =>
    fc.assert(
      fc.asyncProperty(drawn, traffic, async (expectation, steps) => {
        const definition: OperationExpectation = {
          kind: 'operation',
          operation: expectation.operation,
          where: where(expectation.where),
          fields: where(expectation.fields),
          each: where(expectation.each),
          times: expectation.times,
          within: expectation.within,
        };
        const { status } = await verified(definition, exchangesOf(steps));
        assert.equal(status, evaluate(expectation, steps) ? 'passed' : 'failed');
      }),
      { numRuns: 400 },
    ));

  it('agree for orders', () =>
    fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...OPERATIONS], { minLength: 2 }),
        fc.boolean(),
        traffic,
        async (operations, adjacent, steps) => {
          const definition: OrderExpectation = { kind: 'order', operations, adjacent };
          const { status } = await verified(definition, exchangesOf(steps));
          const first = operations.map((name) => steps.findIndex(({ operation }) => operation === name));
          const good = first.every(
            (place, index) =>
              place >= 0 &&
              (index === 0 || (adjacent ? place === first[index - 1]! + 1 : place > first[index - 1]!)),
          );
          assert.equal(status, good ? 'passed' : 'failed');
        },
      ),
      { numRuns: 400 },
    ));

  it('use no more memory for a long run than for a short one', async () => {
    const expectations: readonly ExpectationDefinition[] = [
      { kind: 'operation', operation: 'dep.a', fields: { '$.body.x': { equals: 'never' } } },
      {
        kind: 'operation',
        operation: 'dep.*',
        each: { '$.body.x': { equals: 'never' } },
        where: { '$.body.x': 'present' },
      },
      { kind: 'order', operations: ['dep.a', 'dep.b'], adjacent: true },
      {
        kind: 'data_sent',
        declaration: { name: 'empty', file: undefined, rows: [] },
        undeclared: 'warn',
        unseen: 'ignore',
      },
    ];
    for (const definition of expectations) {
      const { start, wants } = await compileExpectation(definition);
      const keptAfter = (count: number): string => {
        const tracker = start();
        for (let seq = 1; seq <= count; seq += 1) {
          const exchange = exchangeOf(seq, OPERATIONS[seq % 3], { x: 'value', y: 1 });
          if (wants(exchange.operation)) tracker.observe(exchange, seq);
        }
        // The outcome shows everything that a tracker keeps.
        return JSON.stringify(tracker.outcome(undefined)).replace(/\d+/g, '0');
      };
      assert.equal(keptAfter(30_000), keptAfter(30), JSON.stringify(definition));
    }
  });
});
