import assert from 'node:assert/strict';
import {
  ADDRESSES,
  EMAILS,
  ORGANIZATION_NAMES,
  PHONE_NUMBERS,
} from '../../src/organization/inventory/pools.ts';

describe('pools', () => {
  for (const [name, pool] of Object.entries({ ADDRESSES, EMAILS, ORGANIZATION_NAMES, PHONE_NUMBERS })) {
    it(`${name} are many, and each is there once`, () => {
      assert.ok(pool.length >= 50);
      assert.equal(new Set(pool).size, pool.length);
    });
  }

  it('hold no e-mail address and no telephone number that can be anybody’s', () => {
    for (const email of EMAILS) assert.match(email, /^[a-z0-9._'-]+@example\.(com|org)$/);
    for (const number of PHONE_NUMBERS) assert.match(number, /^\+1 [2-9]\d\d 555-01\d\d$/);
  });
});
