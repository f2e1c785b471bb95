import assert from 'node:assert/strict';
import type { ObservedExchange } from '../../src/engine/observed-exchange.ts';
import type { ExpectationDefinition, OperationExpectation } from '../../src/scenario/verification.ts';
import { verified } from './following.ts';
import { exchangeOf } from './seen.ts';

const calls = (...bodies: readonly unknown[]): readonly ObservedExchange[] =>
  bodies.map((body, index) => exchangeOf(index + 1, 'dep.profile.define', body));

const named = (...operations: readonly string[]): readonly ObservedExchange[] =>
  operations.map((operation, index) => exchangeOf(index + 1, operation));

const define = (more: Partial<OperationExpectation> = {}): OperationExpectation => ({
  kind: 'operation',
  operation: 'dep.profile.define',
  ...more,
});

const IS_A = { '$.body.x': { equals: 'a' } } as const;
const IS_1 = { '$.body.y': { equals: 1 } } as const;

interface Row {
  readonly about: string;
  readonly expectation: ExpectationDefinition;
  readonly passes: readonly (readonly ObservedExchange[])[];
  readonly fails: readonly (readonly ObservedExchange[])[];
}

const within = { time: 5000, after: 'dep.session' };

const ROWS: readonly Row[] = [
  {
    about: 'without `times`, at least one exchange',
    expectation: define(),
    passes: [calls({}), calls({}, {})],
    fails: [[], named('dep.session')],
  },
  {
    about: 'a pattern matches several operations',
    expectation: define({ operation: 'dep.profile.*' }),
    passes: [named('dep.profile.define'), named('dep.profile.get')],
    fails: [named('dep.profiles'), named('dep.session')],
  },
  {
    about: '`times` as a number: exactly that many',
    expectation: define({ times: { at_least: 2, at_most: 2 } }),
    passes: [calls({}, {})],
    fails: [[], calls({}), calls({}, {}, {})],
  },
  {
    about: '`at_least`',
    expectation: define({ times: { at_least: 2 } }),
    passes: [calls({}, {}), calls({}, {}, {})],
    fails: [[], calls({})],
  },
  {
    about: '`at_most` alone allows none',
    expectation: define({ times: { at_most: 1 } }),
    passes: [[], calls({})],
    fails: [calls({}, {})],
  },
  {
    about: '`never`',
    expectation: define({ times: { at_most: 0 } }),
    passes: [[], named('dep.session')],
    fails: [calls({}), calls({}, {})],
  },
  {
    about: '`never` with `where`',
    expectation: define({ times: { at_most: 0 }, where: IS_A }),
    passes: [[], calls({ x: 'b' })],
    fails: [calls({ x: 'a' }), calls({ x: 'b' }, { x: 'a' })],
  },
  {
    about: '`where` selects the exchanges that count',
    expectation: define({ where: IS_A }),
    passes: [calls({ x: 'b' }, { x: 'a' })],
    fails: [[], calls({ x: 'b' }), calls({})],
  },
  {
    about: '`fields`: one exchange satisfies all',
    expectation: define({ fields: { ...IS_A, ...IS_1 } }),
    passes: [calls({ x: 'a', y: 1 }), calls({ x: 'b' }, { x: 'a', y: 1 })],
    fails: [[], calls({}), calls({ x: 'a' }, { y: 1 })],
  },
  {
    about: '`each`: every exchange satisfies all, and there is at least one',
    expectation: define({ each: { ...IS_A, ...IS_1 } }),
    passes: [calls({ x: 'a', y: 1 }), calls({ x: 'a', y: 1 }, { x: 'a', y: 1, z: 2 })],
    fails: [[], calls({ x: 'a' }), calls({ x: 'a', y: 1 }, { x: 'b', y: 1 })],
  },
  {
    about: '`each` with `at_most` fails without exchanges',
    expectation: define({ each: IS_A, times: { at_most: 3 } }),
    passes: [calls({ x: 'a' })],
    fails: [[], calls({ x: 'b' })],
  },
  {
    about: '`fields` with `at_most` fails without exchanges',
    expectation: define({ fields: IS_A, times: { at_most: 3 } }),
    passes: [calls({ x: 'a' })],
    fails: [[], calls({ x: 'b' })],
  },
  {
    about: '`where`, `times`, `fields` and `each` together',
    expectation: define({
      where: { '$.body.w': 'present' },
      times: { at_least: 2, at_most: 2 },
      fields: IS_A,
      each: IS_1,
    }),
    passes: [calls({ w: 0, x: 'a', y: 1 }, { w: 0, y: 1 }, { y: 7 })],
    fails: [
      calls({ w: 0, x: 'a', y: 1 }),
      calls({ w: 0, y: 1 }, { w: 0, y: 1 }),
      calls({ w: 0, x: 'a', y: 1 }, { w: 0, y: 2 }),
    ],
  },
  {
    about: 'all values at a location must match',
    expectation: define({ fields: { '$.body.devices[*]': { serial_of: 'mdm_server' } } }),
    passes: [calls({ devices: ['A1', 'A1'] })],
    fails: [calls({ devices: ['A1', 'B1'] }), calls({ devices: [] }), calls({})],
  },
  {
    about: '`within` starts at the first exchange of the other operation',
    expectation: define({ within }),
    passes: [
      named('dep.session', 'dep.profile.define'),
      named('dep.profile.define', 'dep.session', 'dep.profile.define'),
    ],
    fails: [
      [],
      named('dep.session'),
      named('dep.profile.define'),
      named('dep.profile.define', 'dep.session'),
      [exchangeOf(1, 'dep.session'), exchangeOf(7, 'dep.profile.define')],
      [exchangeOf(1, 'dep.session'), exchangeOf(6, 'dep.session'), exchangeOf(7, 'dep.profile.define')],
    ],
  },
  {
    about: '`never` with `within` needs the other operation',
    expectation: define({ times: { at_most: 0 }, within }),
    passes: [named('dep.session'), [exchangeOf(1, 'dep.session'), exchangeOf(7, 'dep.profile.define')]],
    fails: [[], named('dep.session', 'dep.profile.define')],
  },
  {
    about: '`within` starts at the first exchange that its `where` selects',
    expectation: define({ within: { time: 1000, after: 'dep.profile.define', where: IS_A } }),
    passes: [calls({ x: 'a' }, {}), calls({}, {}, {}, { x: 'a' }, {})],
    fails: [
      [],
      calls({}, {}),
      calls({ x: 'a' }),
      [...calls({ x: 'a' }), exchangeOf(3, 'dep.profile.define')],
    ],
  },
  {
    about: '`in_order` compares the first exchanges',
    expectation: { kind: 'order', operations: ['a', 'b', 'c'], adjacent: false },
    passes: [named('a', 'b', 'c'), named('x', 'a', 'x', 'b', 'a', 'c', 'b')],
    fails: [[], named('a', 'b'), named('b', 'a', 'b', 'c'), named('a', 'c', 'b'), named('c', 'b', 'a')],
  },
  {
    about: '`in_order` with `adjacent` allows nothing in between',
    expectation: { kind: 'order', operations: ['a', 'b'], adjacent: true },
    passes: [named('a', 'b'), named('x', 'a', 'b', 'x')],
    fails: [[], named('a', 'x', 'b'), named('a', 'a', 'b'), named('b', 'a', 'b')],
  },
  {
    about: 'one exchange does not count for two operations of an order',
    expectation: { kind: 'order', operations: ['a.*', 'a.b'], adjacent: false },
    passes: [named('a.a', 'a.b')],
    fails: [named('a.b'), named('a.b', 'a.b')],
  },
];

describe('verdicts', () => {
  for (const { about, expectation, passes, fails } of ROWS) {
    it(about, async () => {
      for (const exchanges of passes) {
        const { status, reason } = await verified(expectation, exchanges);
        assert.deepEqual([status, reason], ['passed', undefined]);
        assert.notEqual(
          (await verified(expectation, exchanges, 'gap')).status,
          'passed',
          'a gap must not pass',
        );
      }
      for (const exchanges of fails) {
        const { status, reason } = await verified(expectation, exchanges);
        assert.equal(status, 'failed');
        assert.ok(reason);
        assert.notEqual((await verified(expectation, exchanges, 'gap')).status, 'passed');
      }
    });
  }
});

describe('the reason of a verdict', () => {
  const seen = (seq: number, difference?: string) => ({
    seq,
    operation: 'dep.profile.define',
    at: seq * 1000,
    ...(difference === undefined ? {} : { difference }),
  });

  const TABLE: readonly (readonly [
    string,
    OperationExpectation,
    readonly ObservedExchange[],
    string,
    object | undefined,
  ])[] = [
    ['no exchange', define(), [], 'dep.profile.define was never sent', undefined],
    [
      'the nearest exchange is the first of those that fail the fewest clauses',
      define({ fields: { ...IS_A, ...IS_1 } }),
      calls({}, { x: 'b', y: 1 }, { x: 'c', y: 1 }),
      'dep.profile.define was sent 3 times, but never with all of these fields',
      seen(2, '$.body.x must be "a", but it is "b"'),
    ],
    [
      'the first exchange that violates `each`',
      define({ each: IS_A }),
      calls({ x: 'a' }, {}, { x: 'b' }),
      '2 of 3 matching exchanges do not satisfy `each`',
      seen(2, '$.body.x must be "a", but it is missing'),
    ],
    [
      'the nearest exchange that `where` did not select',
      define({ where: IS_A }),
      calls({ x: 'b' }),
      'dep.profile.define was sent once, but never where $.body.x must be "a"',
      seen(1, '$.body.x must be "a", but it is "b"'),
    ],
    [
      'the first exchange that must not come',
      define({ times: { at_most: 0 } }),
      calls({}, {}),
      'dep.profile.define was sent 2 times',
      seen(1),
    ],
    [
      'too few',
      define({ times: { at_least: 3 } }),
      calls({}, {}),
      'dep.profile.define was sent 2 times, expected at least 3 times',
      seen(2),
    ],
    [
      'too many',
      define({ times: { at_most: 1 } }),
      calls({}, {}),
      'dep.profile.define was sent 2 times, expected at most once',
      seen(2),
    ],
    [
      'too late',
      define({ within }),
      [exchangeOf(1, 'dep.session'), exchangeOf(9, 'dep.profile.define')],
      'dep.profile.define was not sent within 5s after dep.session',
      seen(9, 'it was sent 8s after dep.session'),
    ],
    [
      'the period did not start',
      define({ within }),
      calls({}),
      'dep.session was never sent, so the period after it did not start',
      undefined,
    ],
  ];

  for (const [about, expectation, exchanges, reason, nearest] of TABLE) {
    it(about, async () => {
      const outcome = await verified(expectation, exchanges);
      assert.equal(outcome.status, 'failed');
      assert.equal(outcome.reason, reason);
      const { difference, ...evidence } = outcome.nearest ?? {};
      assert.deepEqual(
        outcome.nearest && (difference === undefined ? evidence : { ...evidence, difference }),
        nearest,
      );
    });
  }
});

describe('an unknown verdict', () => {
  const GAP = 'the journal no longer has 3 earlier exchanges';

  it('is failed if no further exchange can change it', async () => {
    const certain: readonly (readonly [ExpectationDefinition, readonly ObservedExchange[]])[] = [
      [define({ times: { at_most: 0 } }), calls({})],
      [define({ times: { at_most: 1 } }), calls({}, {})],
      [define({ each: IS_A }), calls({ x: 'b' })],
    ];
    for (const [expectation, exchanges] of certain) {
      assert.equal((await verified(expectation, exchanges, GAP)).status, 'failed');
    }
  });

  it('has the gap as its reason', async () => {
    for (const expectation of [define(), define({ fields: IS_A }), define({ times: { at_most: 0 } })]) {
      assert.deepEqual(await verified(expectation, [], GAP), { status: 'unknown', reason: GAP });
    }
  });

  it('follows from an exchange with an incomplete body', async () => {
    const partial = exchangeOf(1, 'dep.profile.define', { head: '{"x"' }, { partial: true });
    for (const part of ['where', 'fields', 'each'] as const) {
      assert.equal((await verified(define({ [part]: IS_A }), [partial])).status, 'unknown', part);
    }
    assert.equal((await verified(define(), [partial])).status, 'passed', 'the exchange counts');
    const header = { '$.headers.host': 'absent' } as const;
    assert.equal((await verified(define({ fields: header }), [partial])).status, 'passed');
  });

  it('does not follow from a defect of Crabapple: the error is thrown', async () => {
    const defect = exchangeOf(1, 'dep.profile.define');
    const view = {
      ...defect.view,
      get body(): never {
        throw new TypeError('a defect');
      },
    };
    await assert.rejects(verified(define({ fields: IS_A }), [{ ...defect, view }]), /a defect/);
  });

  it('follows from a body that is nested too deeply', async () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}1${']'.repeat(20_000)}`);
    const outcome = await verified(define({ each: { '$..z': 'absent' } }), calls({ x: deep }));
    assert.equal(outcome.status, 'unknown');
  });
});
