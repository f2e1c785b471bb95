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
    about: 'without `times` at least one must come',
    expectation: define(),
    passes: [calls({}), calls({}, {})],
    fails: [[], named('dep.session')],
  },
  {
    about: 'a pattern stands for many operations',
    expectation: define({ operation: 'dep.profile.*' }),
    passes: [named('dep.profile.define'), named('dep.profile.get')],
    fails: [named('dep.profiles'), named('dep.session')],
  },
  {
    about: '`times` as a number is exact',
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
    about: '`at_most` alone takes none as well',
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
    about: '`where` selects what counts',
    expectation: define({ where: IS_A }),
    passes: [calls({ x: 'b' }, { x: 'a' })],
    fails: [[], calls({ x: 'b' }), calls({})],
  },
  {
    about: '`fields`: one satisfies all',
    expectation: define({ fields: { ...IS_A, ...IS_1 } }),
    passes: [calls({ x: 'a', y: 1 }), calls({ x: 'b' }, { x: 'a', y: 1 })],
    fails: [[], calls({}), calls({ x: 'a' }, { y: 1 })],
  },
  {
    about: '`each`: every one satisfies all, and there is one',
    expectation: define({ each: { ...IS_A, ...IS_1 } }),
    passes: [calls({ x: 'a', y: 1 }), calls({ x: 'a', y: 1 }, { x: 'a', y: 1, z: 2 })],
    fails: [[], calls({ x: 'a' }), calls({ x: 'a', y: 1 }, { x: 'b', y: 1 })],
  },
  {
    about: '`each` with `at_most` does not hold of none',
    expectation: define({ each: IS_A, times: { at_most: 3 } }),
    passes: [calls({ x: 'a' })],
    fails: [[], calls({ x: 'b' })],
  },
  {
    about: '`fields` with `at_most` does not hold of none',
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
    about: 'all values at a location must fit',
    expectation: define({ fields: { '$.body.devices[*]': { serial_of: 'mdm_server' } } }),
    passes: [calls({ devices: ['A1', 'A1'] })],
    fails: [calls({ devices: ['A1', 'B1'] }), calls({ devices: [] }), calls({})],
  },
  {
    about: '`within` counts from the first of the other operation',
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
    about: '`never` with `within` wants the other operation to come',
    expectation: define({ times: { at_most: 0 }, within }),
    passes: [named('dep.session'), [exchangeOf(1, 'dep.session'), exchangeOf(7, 'dep.profile.define')]],
    fails: [[], named('dep.session', 'dep.profile.define')],
  },
  {
    about: '`within` counts from the first that its own `where` selects',
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
    about: '`in_order`: first occurrences form the order',
    expectation: { kind: 'order', operations: ['a', 'b', 'c'], adjacent: false },
    passes: [named('a', 'b', 'c'), named('x', 'a', 'x', 'b', 'a', 'c', 'b')],
    fails: [[], named('a', 'b'), named('b', 'a', 'b', 'c'), named('a', 'c', 'b'), named('c', 'b', 'a')],
  },
  {
    about: '`in_order` with `adjacent` wants nothing between',
    expectation: { kind: 'order', operations: ['a', 'b'], adjacent: true },
    passes: [named('a', 'b'), named('x', 'a', 'b', 'x')],
    fails: [[], named('a', 'x', 'b'), named('a', 'a', 'b'), named('b', 'a', 'b')],
  },
  {
    about: 'one exchange does not stand for two places of an order',
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
          'a gap never passes',
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

describe('what a verdict says', () => {
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
    ['nothing came', define(), [], 'dep.profile.define never came', undefined],
    [
      'the nearest fails the fewest, and the first of those',
      define({ fields: { ...IS_A, ...IS_1 } }),
      calls({}, { x: 'b', y: 1 }, { x: 'c', y: 1 }),
      'dep.profile.define came 3 times, but never with all these fields',
      seen(2, '$.body.x must be "a", but it is "b"'),
    ],
    [
      'the first that violates',
      define({ each: IS_A }),
      calls({ x: 'a' }, {}, { x: 'b' }),
      '2 of 3 matching exchanges are not as each must be',
      seen(2, '$.body.x must be "a", but it is not there'),
    ],
    [
      'the nearest that was not selected',
      define({ where: IS_A }),
      calls({ x: 'b' }),
      'dep.profile.define came once, but never where $.body.x must be "a"',
      seen(1, '$.body.x must be "a", but it is "b"'),
    ],
    [
      'the first that should not have come',
      define({ times: { at_most: 0 } }),
      calls({}, {}),
      'dep.profile.define came 2 times',
      seen(1),
    ],
    [
      'too few',
      define({ times: { at_least: 3 } }),
      calls({}, {}),
      'dep.profile.define came 2 times, at least 3 must',
      seen(2),
    ],
    [
      'too many',
      define({ times: { at_most: 1 } }),
      calls({}, {}),
      'dep.profile.define came 2 times, at most 1 may',
      seen(2),
    ],
    [
      'too late',
      define({ within }),
      [exchangeOf(1, 'dep.session'), exchangeOf(9, 'dep.profile.define')],
      'dep.profile.define did not come within 5s after dep.session',
      seen(9, 'it came 8s after dep.session'),
    ],
    [
      'never began',
      define({ within }),
      calls({}),
      'dep.session never came, so that the time after it never began',
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

describe('what cannot be told', () => {
  const GAP = '3 exchanges of before had fallen out of the journal';

  it('stays failed where nothing could make it good', async () => {
    const certain: readonly (readonly [ExpectationDefinition, readonly ObservedExchange[]])[] = [
      [define({ times: { at_most: 0 } }), calls({})],
      [define({ times: { at_most: 1 } }), calls({}, {})],
      [define({ each: IS_A }), calls({ x: 'b' })],
    ];
    for (const [expectation, exchanges] of certain) {
      assert.equal((await verified(expectation, exchanges, GAP)).status, 'failed');
    }
  });

  it('is unknown, with the reason, where more might have come', async () => {
    for (const expectation of [define(), define({ fields: IS_A }), define({ times: { at_most: 0 } })]) {
      assert.deepEqual(await verified(expectation, [], GAP), { status: 'unknown', reason: GAP });
    }
  });

  it('is unknown where an exchange that counts is known in part only', async () => {
    const partial = exchangeOf(1, 'dep.profile.define', { head: '{"x"' }, { partial: true });
    for (const part of ['where', 'fields', 'each'] as const) {
      assert.equal((await verified(define({ [part]: IS_A }), [partial])).status, 'unknown', part);
    }
    assert.equal((await verified(define(), [partial])).status, 'passed', 'it came all the same');
    const header = { '$.headers.host': 'absent' } as const;
    assert.equal((await verified(define({ fields: header }), [partial])).status, 'passed');
  });

  it('is unknown where a body is too deep to walk through', async () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}1${']'.repeat(20_000)}`);
    const outcome = await verified(define({ each: { '$..z': 'absent' } }), calls({ x: deep }));
    assert.equal(outcome.status, 'unknown');
  });
});
