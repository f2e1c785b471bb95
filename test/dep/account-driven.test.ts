import assert from 'node:assert/strict';
import { mdmOf } from './mdm.ts';
import { nameOfVersion, SCENARIO, VERSIONS } from './operations.ts';
import { assertRejected } from './rejected.ts';

const PATH = '/account-driven-enrollment/profile';
const URL_SET = 'https://mdm.acme.example/discover';

describe('/account-driven-enrollment/profile', () => {
  for (const version of VERSIONS) {
    it(`is set, returned, replaced and removed: ${nameOfVersion(version)}`, async () => {
      const mdm = await mdmOf(SCENARIO);
      const ask = (method: string, body?: object) => mdm.call(method, PATH, { body, version });
      assertRejected(await ask('GET'), 'NOT_FOUND_404', /is set/);
      const set = await ask('POST', { mdm_service_discovery_url: URL_SET });
      assert.deepEqual([set.status, set.text], [200, '{}']);
      assert.deepEqual((await ask('GET')).body, {
        mdm_service_discovery_url: URL_SET,
        last_updated_timestamp: '2026-03-02T08:00:00Z',
      });
      mdm.advance(60_000);
      await ask('POST', { mdm_service_discovery_url: `${URL_SET}/2` });
      assert.equal((await ask('GET')).body.last_updated_timestamp, '2026-03-02T08:01:00Z');
      for (let times = 0; times < 2; times += 1) {
        const removed = await ask('DELETE');
        assert.deepEqual([removed.status, removed.text], [200, '']);
      }
      assertRejected(await ask('GET'), 'NOT_FOUND_404');
    });
  }

  it('returns MDM_SERVICE_DISCOVERY_URL_REQUIRED without a URL', async () => {
    const mdm = await mdmOf(SCENARIO);
    for (const url of [undefined, null, '']) {
      const options = { body: { mdm_service_discovery_url: url } };
      assertRejected(await mdm.call('POST', PATH, options), 'MDM_SERVICE_DISCOVERY_URL_REQUIRED');
    }
  });

  for (const url of [
    'http://mdm.acme.example',
    'ftp://a',
    'mdm.acme.example',
    'https://',
    'https:// a b',
    'x',
  ]) {
    it(`returns MDM_SERVICE_DISCOVERY_URL_NOT_VALID for ${url}`, async () => {
      const mdm = await mdmOf(SCENARIO);
      const options = { body: { mdm_service_discovery_url: url } };
      assertRejected(await mdm.call('POST', PATH, options), 'MDM_SERVICE_DISCOVERY_URL_NOT_VALID', /https/);
      assertRejected(await mdm.call('GET', PATH), 'NOT_FOUND_404');
    });
  }

  it('returns ORG_NOT_SUPPORTED for every method if the organization has no account-driven enrollment', async () => {
    const mdm = await mdmOf({ ...SCENARIO, organization: { account_driven_enrollment: false } });
    for (const version of VERSIONS) {
      assertRejected(await mdm.call('GET', PATH, { version }), 'ORG_NOT_SUPPORTED');
      assertRejected(await mdm.call('POST', PATH, { version, body: {} }), 'ORG_NOT_SUPPORTED');
      assertRejected(await mdm.call('DELETE', PATH, { version }), 'ORG_NOT_SUPPORTED');
    }
  });
});
