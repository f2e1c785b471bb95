import assert from 'node:assert/strict';
import {
  ADDRESSES,
  EMAILS,
  ORGANIZATION_NAMES,
  PHONE_NUMBERS,
} from '../../src/organization/inventory/pools.ts';

describe('pools of generated names', () => {
  for (const [name, pool] of Object.entries({ ADDRESSES, EMAILS, ORGANIZATION_NAMES, PHONE_NUMBERS })) {
    it(`${name} has at least 50 entries, all different`, () => {
      assert.ok(pool.length >= 50);
      assert.equal(new Set(pool).size, pool.length);
    });
  }

  it('EMAILS and PHONE_NUMBERS contain only reserved example domains and numbers', () => {
    for (const email of EMAILS) assert.match(email, /^[a-z0-9._'-]+@example\.(com|org)$/);
    for (const number of PHONE_NUMBERS) assert.match(number, /^\+1 [2-9]\d\d 555-01\d\d$/);
  });
});
