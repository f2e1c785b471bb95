import assert from 'node:assert/strict';
import { compileMatcher, type Matcher } from '../../src/engine/matching/matcher.ts';
import { compileWhere, WhereError } from '../../src/engine/matching/where.ts';
import { viewOf } from './seen.ts';

interface Row {
  readonly matcher: Matcher;
  readonly fits: readonly unknown[];
  readonly misfits: readonly unknown[];
  /** The difference of the first misfit. */
  readonly says: string;
}

const ROWS: readonly Row[] = [
  { matcher: { equals: 'a' }, fits: ['a'], misfits: ['b', 'A', '', null, ['a']], says: 'it is "b"' },
  { matcher: { equals: 3 }, fits: [3], misfits: ['3', 4, true], says: 'it is "3"' },
  { matcher: { equals: null }, fits: [null], misfits: ['null', 0, {}], says: 'it is "null"' },
  {
    matcher: { equals: { a: [1] } },
    fits: [{ a: [1] }],
    misfits: [{ a: [1, 2] }, { a: [1], b: 1 }, { b: [1] }, [1]],
    says: 'it is {"a":[1,2]}',
  },
  { matcher: { not: { equals: 'a' } }, fits: ['b', null, 1], misfits: ['a'], says: 'it is "a"' },
  { matcher: { not: { one_of: ['a', 'b'] } }, fits: ['c'], misfits: ['a', 'b'], says: 'it is "a"' },
  { matcher: { not: 'absent' }, fits: ['', null, 0], misfits: [], says: '' },
  { matcher: { one_of: ['a', 2] }, fits: ['a', 2], misfits: ['b', '2', null], says: 'it is "b"' },
  { matcher: { matches: '^a+$' }, fits: ['a', 'aaa'], misfits: ['ab', '', 1, null], says: 'it is "ab"' },
  { matcher: { matches: 'b' }, fits: ['abc', 'b'], misfits: ['ac', 'B'], says: 'it is "ac"' },
  {
    matcher: { contains: 'b' },
    fits: ['abc', ['a', 'b']],
    misfits: ['ac', ['ab'], 5, null],
    says: 'it is "ac"',
  },
  { matcher: { contains: 1 }, fits: [[0, 1]], misfits: [[0], '1', 1], says: 'it is [0]' },
  { matcher: { at_least: 2 }, fits: [2, 3], misfits: [1, '3', null], says: 'it is 1' },
  { matcher: { at_most: 2 }, fits: [2, 1], misfits: [3, '1', null], says: 'it is 3' },
  { matcher: { at_least: 2, at_most: 4 }, fits: [2, 4], misfits: [1, 5], says: 'it is 1' },
  {
    matcher: { length: 2 },
    fits: ['ab', [1, 2], { a: 1, b: 2 }, '😀😀'],
    misfits: ['a', [1], 2, null],
    says: 'its length is 1',
  },
  {
    matcher: { length: { at_most: 1 } },
    fits: ['', 'a', []],
    misfits: ['ab', [1, 2]],
    says: 'its length is 2',
  },
  { matcher: { type: 'text' }, fits: ['a', ''], misfits: [1, null, ['a']], says: 'it is of type number: 1' },
  { matcher: { type: 'number' }, fits: [1, 1.5], misfits: ['1', null], says: 'it is of type text: "1"' },
  { matcher: { type: 'integer' }, fits: [1, 0], misfits: [1.5, '1'], says: 'it is of type number: 1.5' },
  {
    matcher: { type: 'boolean' },
    fits: [true, false],
    misfits: ['true', 0],
    says: 'it is of type text: "true"',
  },
  { matcher: { type: 'list' }, fits: [[], [1]], misfits: [{}, 'a'], says: 'it is of type object: {}' },
  { matcher: { type: 'object' }, fits: [{}], misfits: [[], null], says: 'it is of type list: []' },
  { matcher: { type: 'null' }, fits: [null], misfits: [0, 'null'], says: 'it is of type number: 0' },
  {
    matcher: { serial_of: 'organization' },
    fits: ['A1', 'B1', 'GONE1'],
    misfits: ['XX', 1, null],
    says: 'device XX is unknown to this organization',
  },
  {
    matcher: { serial_of: 'mdm_server' },
    fits: ['A1'],
    misfits: ['B1', 'GONE1', 'XX'],
    says: 'device B1 was never assigned to "MDM A": it belongs to the MDM server "MDM B"',
  },
  {
    matcher: { serial_of: { mdm_server: 'MDM B' } },
    fits: ['B1'],
    misfits: ['GONE1', 'A1', 'XX'],
    says: 'device GONE1 belongs to no MDM server',
  },
  {
    matcher: { profile_of: 'organization' },
    fits: ['PA', 'PB'],
    misfits: ['PX', 7],
    says: 'profile PX is unknown to this organization',
  },
  {
    matcher: { profile_of: 'mdm_server' },
    fits: ['PA'],
    misfits: ['PB', 'PX'],
    says: 'profile PB was never defined by "MDM A": it belongs to the MDM server "MDM B"',
  },
  {
    matcher: { push_magic: 'of_device' },
    fits: ['MAGIC-A1'],
    misfits: ['other', '', null],
    says: 'device A1 has the PushMagic MAGIC-A1, not "other"',
  },
];

describe('matchers', () => {
  for (const { matcher, fits, misfits, says } of ROWS) {
    it(`${JSON.stringify(matcher)} matches values that fit, and no others and no missing values`, async () => {
      const { holds, difference, wanted } = await compileMatcher(matcher);
      const view = viewOf({});
      assert.ok(wanted.length > 0);
      for (const value of fits) {
        assert.equal(holds([value], view, 'every'), true, `${JSON.stringify(value)} fits`);
        assert.equal(holds([value], view, 'some'), true, `${JSON.stringify(value)} fits`);
        assert.equal(difference([value], view), undefined);
      }
      for (const value of misfits) {
        assert.equal(holds([value], view, 'every'), false, `${JSON.stringify(value)} does not fit`);
        assert.equal(holds([value], view, 'some'), false, `${JSON.stringify(value)} does not fit`);
        assert.notEqual(difference([value], view), undefined);
      }
      assert.equal(holds([], view, 'every'), false, 'no value does not match');
      assert.equal(holds([], view, 'some'), false, 'no value does not match');
      assert.equal(difference([], view), 'it is missing');
      if (misfits.length > 0) assert.equal(difference([misfits[0]], view), says);
    });
  }

  it('`present` and `absent` are opposites', async () => {
    const view = viewOf({});
    const table = [
      ['present', true, false],
      ['absent', false, true],
      [{ not: 'absent' }, true, false],
      [{ not: 'present' }, false, true],
    ] as const;
    for (const [matcher, there, missing] of table) {
      const { holds, difference } = await compileMatcher(matcher);
      assert.deepEqual([holds([0], view, 'every'), holds([], view, 'every')], [there, missing]);
      assert.deepEqual(
        [difference([0], view) === undefined, difference([], view) === undefined],
        [there, missing],
      );
    }
  });

  it('of several values one selects, and all must fit an assertion', async () => {
    const view = viewOf({});
    const { holds } = await compileMatcher({ equals: 'a' });
    assert.equal(holds(['b', 'a'], view, 'some'), true);
    assert.equal(holds(['b', 'a'], view, 'every'), false);
    const { holds: holdsNot } = await compileMatcher({ not: { equals: 'a' } });
    assert.equal(holdsNot(['b', 'a'], view, 'some'), false);
    assert.equal(holdsNot(['b', 'c'], view, 'some'), true);
  });

  it('a pattern that backtracks without end elsewhere takes linear time', async () => {
    const { holds } = await compileMatcher({ matches: '^(a+)+$' });
    assert.equal(holds([`${'a'.repeat(50_000)}!`], viewOf({}), 'every'), false);
  });

  it('domain matchers fit nothing outside of an organization', async () => {
    const view = viewOf({}, { domain: undefined });
    for (const matcher of [
      { serial_of: 'organization' },
      { profile_of: 'organization' },
      { push_magic: 'of_device' },
    ] as const) {
      const { holds } = await compileMatcher(matcher);
      assert.equal(holds(['A1'], view, 'every'), false);
      assert.equal(holds([undefined], view, 'every'), false);
    }
  });
});

describe('locations', () => {
  const view = viewOf(
    { devices: ['A1', 'B1'], nested: [{ a: 1 }, { a: 2 }], 'odd name': true, count: 2 },
    {
      method: 'PUT',
      query: { cursor: 'x' },
      headers: { 'x-server-protocol-version': '3', host: 'h' },
      response: { status: 201, headers: { 'retry-after': '5' }, body: { ok: true } },
    },
  );

  const TABLE: readonly (readonly [string, Matcher, boolean])[] = [
    ['$.body.devices', { length: 2 }, true],
    ['$.body.devices[*]', { equals: 'B1' }, true],
    ['$.body.devices[1]', { equals: 'B1' }, true],
    ['$.body.devices[2]', 'absent', true],
    ['$.body.devices[-1]', { equals: 'B1' }, true],
    ['$.body.nested[*].a', { equals: 2 }, true],
    ['$.body.nested[?@.a > 1].a', { equals: 2 }, true],
    ['$.body.nested[?@.a > 2]', 'present', false],
    ['$..a', { equals: 2 }, true],
    ["$.body['odd name']", { equals: true }, true],
    ['$.body.missing', 'present', false],
    ['$.body.missing', 'absent', true],
    ['$.body.count.deeper', 'absent', true],
    ['$.method', { equals: 'PUT' }, true],
    ['$.path', { equals: '/3/device/aa' }, true],
    ['$.query.cursor', { equals: 'x' }, true],
    ['$.headers.host', { equals: 'h' }, true],
    ["$.headers['x-server-protocol-version']", { equals: '3' }, true],
    ['$.response.status', { equals: 201 }, true],
    ['$.response.body.ok', { equals: true }, true],
    ["$.response.headers['retry-after']", { equals: '5' }, true],
    ['protocol_version', { equals: 3 }, true],
    ['protocol_version', { at_least: 4 }, false],
    ['push_magic', 'absent', true],
  ];

  for (const [location, matcher, held] of TABLE) {
    it(`${location} ${JSON.stringify(matcher)} ${held ? 'holds' : 'does not hold'}`, async () => {
      assert.equal((await compileWhere({ [location]: matcher }))(view), held);
    });
  }

  it('an invalid JSONPath or regular expression throws WhereError with its location', async () => {
    for (const where of [{ '$.body[': 'present' }, { '$.body.a': { matches: '(' } }] as const) {
      await assert.rejects(
        compileWhere(where),
        (error) => error instanceof WhereError && error.location === Object.keys(where)[0],
      );
    }
  });

  it('`protocol_version` is 1 without the header', async () => {
    assert.equal((await compileWhere({ protocol_version: { equals: 1 } }))(viewOf({})), true);
  });
});
