import assert from 'node:assert/strict';
import { SERVICES } from '../../src/services/index.ts';
import { fuzz } from './fuzz.ts';

const REQUESTS = 20_000;

/** Some requests must succeed: a test with only rejected credentials would prove little. */
const SUCCEEDING = [
  'dep.profile.assign',
  'apns.push',
  'vpp.assets.associate',
  'vpp.users.create',
  'vpp.metadata.lookup',
  'vpp.metadata.app',
];

describe('random requests to every operation of every service', () => {
  it(`cause no failure and leave the state consistent after ${REQUESTS} requests`, async function () {
    this.timeout(120_000);
    const { counts, failures } = await fuzz(REQUESTS, 1);
    assert.deepEqual(failures, []);
    const requested = new Set([...counts.keys()].map((key) => key.split(' ')[0]));
    const operations = new Set(SERVICES.flatMap((service) => service.operations.map(({ name }) => name)));
    assert.deepEqual([...requested].sort(), [...operations].sort());
    for (const operation of SUCCEEDING)
      assert.ok(counts.has(`${operation} 200`), `${operation} never succeeds`);
  });
});
