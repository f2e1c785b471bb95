import assert from 'node:assert/strict';
import { Identifiers } from '../../src/core/identifiers.ts';
import { organizationOf } from '../organization/organization-of.ts';

describe('identifiers', () => {
  it('are a pure function of seed, organization and purpose', () => {
    const one = new Identifiers('7', 'acme');
    assert.equal(one.hex('profile#1', 32), new Identifiers('7', 'acme').hex('profile#1', 32));
    const others = [
      one.hex('profile#2', 32),
      new Identifiers('8', 'acme').hex('profile#1', 32),
      new Identifiers('7', 'acme2').hex('profile#1', 32),
      // The parts cannot be shifted into each other.
      new Identifiers('7a', 'cme').hex('profile#1', 32),
    ];
    assert.equal(new Set([one.hex('profile#1', 32), ...others]).size, 5);
    assert.match(one.hex('x', 64), /^[0-9A-F]{64}$/);
  });

  it('count each kind, and start again after a reset of the state', () => {
    const organization = organizationOf();
    const { identifiers } = organization.runtime;
    const drawn = () => [
      identifiers.next('profile'),
      identifiers.next('session'),
      identifiers.next('profile'),
    ];
    const first = drawn();
    assert.deepEqual(first, ['profile#1', 'session#1', 'profile#2']);
    organization.reset();
    assert.deepEqual(drawn(), first);
  });
});
