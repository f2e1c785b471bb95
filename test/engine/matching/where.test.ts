import assert from 'node:assert/strict';
import type { Domain } from '../../../src/engine/matching/exchange-view.ts';
import {
  compileWhere,
  type ExchangeView,
  type Where,
  WhereError,
} from '../../../src/engine/matching/where.ts';

const VIEW: ExchangeView = {
  method: 'POST',
  path: '/profile',
  query: { profile_uuid: 'A', twice: ['1', '2'] },
  headers: { 'user-agent': 'nanodep' },
  body: { profile_name: 'Acme', devices: [{ serial_number: 'C1' }, { serial_number: 'C2' }], n: 3 },
  response: { status: 200, headers: {}, body: { ok: true } },
};

const CASES: readonly (readonly [where: Where, holds: boolean])[] = [
  [{}, true],
  [{ '$.body.profile_name': { equals: 'Acme' } }, true],
  [{ '$.body.profile_name': { equals: 'Acme' }, '$.method': { equals: 'PUT' } }, false],
  [{ '$.body.devices[*].serial_number': { equals: 'C2' } }, true],
  [{ '$..serial_number': { contains: 'C' } }, true],
  [{ '$.body.devices[?@.serial_number == "C1"]': 'present' }, true],
  [{ '$.body.nothing.at.all': 'absent' }, true],
  [{ "$.headers['user-agent']": { matches: '^nano' } }, true],
  [{ '$.query.twice[1]': { equals: '2' } }, true],
  [{ '$.response.status': { at_least: 400 } }, false],
  [{ '$.body.n': { at_least: 3 } }, true],
];

describe('compileWhere', () => {
  for (const [where, holds] of CASES)
    it(`${JSON.stringify(where)} is ${holds}`, async () =>
      assert.equal((await compileWhere(where))(VIEW), holds));

  for (const where of [
    { '$[': 'present' },
    { 'body.name': 'present' },
    { '$.a': { matches: '(' } },
  ] as Where[]) {
    it(`${JSON.stringify(where)} throws WhereError with its location`, async () => {
      await assert.rejects(compileWhere(where), (error) => {
        assert.ok(error instanceof WhereError);
        assert.equal(error.location, Object.keys(where)[0]);
        return true;
      });
    });
  }

  it('matches nothing in a body that is nested too deeply', async () => {
    let body: unknown = 1;
    for (let depth = 0; depth < 50_000; depth += 1) body = [body];
    const test = await compileWhere({ '$..b': 'absent' });
    assert.equal(test({ ...VIEW, body }), false);
  });

  it('throws any other error of a matcher', async () => {
    const test = await compileWhere({ '$.body.devices': { serial_of: 'organization' } });
    const domain = {
      get ownerOfDevice(): never {
        throw new TypeError('a defect');
      },
    } as unknown as Domain;
    assert.throws(() => test({ ...VIEW, body: { devices: 'C1' }, domain }), /a defect/);
  });
});
