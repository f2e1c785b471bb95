import assert from 'node:assert/strict';
import { SERVICES } from '../../src/services/index.ts';
import { fuzz } from './fuzz.ts';

const REQUESTS = 20_000;

/** Requests that never get beyond their credentials would prove little. */
const SUCCEEDING = [
  'dep.profile.assign',
  'apns.push',
  'vpp.assets.associate',
  'vpp.users.create',
  'vpp.metadata.lookup',
  'vpp.metadata.app',
];

describe('random requests to every operation of every service', () => {
  it(`find no failure and leave the state whole, ${REQUESTS} of them`, async function () {
    this.timeout(120_000);
    const { counts, failures } = await fuzz(REQUESTS, 1);
    assert.deepEqual(failures, []);
    const asked = new Set([...counts.keys()].map((key) => key.split(' ')[0]));
    const operations = new Set(SERVICES.flatMap((service) => service.operations.map(({ name }) => name)));
    assert.deepEqual([...asked].sort(), [...operations].sort());
    for (const operation of SUCCEEDING)
      assert.ok(counts.has(`${operation} 200`), `${operation} never succeeds`);
  });
});
