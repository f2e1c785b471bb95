import assert from 'node:assert/strict';
import { compileMatcher, type Matcher } from '../../../src/engine/matching/matcher.ts';
import { sameValue } from '../../../src/engine/matching/matchers.ts';

interface Case {
  readonly matcher: Matcher;
  readonly fits: readonly (readonly unknown[])[];
  readonly fails: readonly (readonly unknown[])[];
}

/** The values at a location: none, one, or several of which one must fit. */
const CASES: readonly Case[] = [
  { matcher: 'present', fits: [[1], [null], [undefined], ['', 2]], fails: [[]] },
  { matcher: 'absent', fits: [[]], fails: [[1], [null], [undefined]] },
  { matcher: { equals: 1 }, fits: [[1], [2, 1]], fails: [[], ['1'], [1.5], [true], [null]] },
  { matcher: { equals: null }, fits: [[null]], fails: [[undefined], [0], []] },
  {
    matcher: { equals: { a: [1, { b: 2 }] } },
    fits: [[{ a: [1, { b: 2 }] }]],
    fails: [[{ a: [1] }], [{ a: [1, { b: 2, c: 3 }] }]],
  },
  { matcher: { one_of: ['GET', 'PUT'] }, fits: [['PUT']], fails: [['get'], [], [['GET']]] },
  { matcher: { not: { equals: 1 } }, fits: [[2]], fails: [[1], [2, 1], []] },
  { matcher: { not: 'present' }, fits: [[]], fails: [[0]] },
  {
    matcher: { matches: '@acme\\.example$' },
    fits: [['a@acme.example']],
    fails: [['a@acme.example.org'], [1], []],
  },
  { matcher: { matches: '^.$' }, fits: [['🍏']], fails: [['ab']] },
  {
    matcher: { contains: 'cme' },
    fits: [['Acme'], [['cme']]],
    fails: [['acm'], [['Acme']], [{ cme: 1 }], [1]],
  },
  { matcher: { contains: { a: 1 } }, fits: [[[{ a: 1 }]]], fails: [[{ a: 1 }], ['{"a":1}']] },
  { matcher: { at_least: 2 }, fits: [[2], [3], [1, 5]], fails: [[1], ['3'], [], [Number.NaN]] },
  { matcher: { at_most: 2 }, fits: [[2], [-1]], fails: [[3], ['1'], []] },
];

const VIEW = { method: 'GET', path: '/', query: {}, headers: {}, body: undefined };

describe('matchers that select an exchange', () => {
  for (const { matcher, fits, fails } of CASES) {
    it(JSON.stringify(matcher), async () => {
      const { holds } = await compileMatcher(matcher);
      const test = (values: readonly unknown[]) => holds(values, VIEW, 'some');
      for (const values of fits) assert.ok(test(values), `fits ${JSON.stringify(values)}`);
      for (const values of fails) assert.ok(!test(values), `fails ${JSON.stringify(values)}`);
    });
  }

  it('reject an invalid regular expression and an empty matcher', async () => {
    await assert.rejects(compileMatcher({ matches: '(' }));
    await assert.rejects(compileMatcher({}), SyntaxError);
  });

  it('ignore the order of members, and distinguish lists from objects', () => {
    assert.ok(sameValue({ a: 1, b: 2 }, { b: 2, a: 1 }));
    assert.ok(!sameValue([1], { 0: 1 }));
    assert.ok(!sameValue([1, 2], [2, 1]));
    assert.ok(!sameValue({ a: undefined }, { b: undefined }));
    assert.ok(!sameValue(JSON.parse('{"__proto__": 1}'), {}));
  });
});
