import assert from 'node:assert/strict';
import { Transcript } from './vpp-transcript.ts';

const SCENARIO = `
name: Fleet and licenses
clock: { rate: 1000 }
locations:
  - name: Headquarters
    country: DE
    assets: [{ adam_id: 1001, total: 1 }, { adam_id: 1002, total: 5 }]
apps:
  - { adam_id: 1001, name: Acme Notes, bundle_id: com.acme.notes, version: '3.1' }
`;

/**
 * Fleet is no module that could be required, as its replacements are not published with it. What it sends and reads:
 * https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/vpp/api.go. Base URL: FLEET_DEV_VPP_URL, …/mdm/v2.
 */
describe('Fleet, by transcript', () => {
  let fleet: Transcript;

  before(async () => {
    fleet = await Transcript.begin(SCENARIO);
  });

  after(() => fleet?.end());

  /** Fleet's `do`: bearer, no content type, and an error in the body is an error whatever the status. */
  const ask = (method: string, path: string, body?: object, token = fleet.sToken) =>
    fleet.call(method, `/mdm/v2${path}`, {
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: new TextEncoder().encode(JSON.stringify(body)) }),
    });

  it('uploads a token: GetConfig', async () => {
    // Parsed before it is sent: expDate by Go's layout `2006-01-02T15:04:05Z0700`, orgName shown to the admin.
    const file = JSON.parse(Buffer.from(fleet.sToken, 'base64').toString('utf8'));
    assert.match(file.expDate, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d{4})$/);
    assert.ok(file.orgName);
    const { status, body } = await ask('GET', '/client/config');
    assert.equal(status, 200);
    assert.equal(body.locationName, 'Headquarters');
    assert.equal(body.countryISO2ACode.toLowerCase(), 'de');
  });

  it('uploads a token of nobody: 200 and an error in the body', async () => {
    const unknown = Buffer.from('{"token":"x","expDate":"2030-11-08T22:33:22+0000","orgName":"x"}').toString(
      'base64',
    );
    const { status, body } = await ask('GET', '/client/config', undefined, unknown);
    assert.equal(status, 200);
    assert.equal(body.errorNumber, 9622);
    assert.ok(body.errorMessage);
  });

  it('lists apps: GetAssets without filter', async () => {
    const { body } = await ask('GET', '/assets');
    assert.deepEqual(
      body.assets.map(({ adamId }: { adamId: string }) => adamId),
      ['1001', '1002'],
    );
  });

  it('installs on a device: assignments, then assets, then associate', async () => {
    // Nobody has it yet.
    const assigned = await ask('GET', '/assignments?adamId=1001&serialNumber=C02ACME0001');
    assert.deepEqual(assigned.body.assignments, []);
    // At least one must be available; the first of them is taken as it is, availableCount and all.
    const { assets } = (await ask('GET', '/assets?adamId=1001')).body;
    assert.ok(assets[0].availableCount > 0);
    const { adamId, pricingParam, availableCount } = assets[0];
    const { body } = await ask('POST', '/assets/associate', {
      assets: [{ adamId, pricingParam, availableCount }],
      serialNumbers: ['C02ACME0001'],
    });
    assert.ok(body.eventId);
    // The second install finds the assignment and asks for nothing.
    await fleet.apple.control.setClock({ advance: '1m' });
    const again = await ask('GET', '/assignments?adamId=1001&serialNumber=C02ACME0001');
    assert.equal(again.body.assignments.length, 1);
  });

  it('finds no license left: refuses by availableCount', async () => {
    const { assets } = (await ask('GET', '/assets?adamId=1001')).body;
    assert.equal(assets[0].availableCount, 0);
  });

  it('gives a license back: disassociate', async () => {
    const { body } = await ask('POST', '/assets/disassociate', {
      assets: [{ adamId: '1001', pricingParam: 'STDQ', availableCount: 0 }],
      serialNumbers: ['C02ACME0001'],
    });
    assert.ok(body.eventId);
    await fleet.apple.control.setClock({ advance: '1m' });
    assert.equal((await ask('GET', '/assets?adamId=1001')).body.assets[0].availableCount, 1);
  });

  it('registers the user of a private device: the v1 name beside v2, without Authorization', async () => {
    const register = await fleet.call('POST', '/mdm/v2/registerVPPUserSrv', {
      body: JSON.stringify({
        sToken: fleet.sToken,
        clientUserIdStr: '3f1c7d0e-6a86-4c0e-9a51-0c2f9f2c5c11',
        managedAppleIDStr: 'anna@acme.example',
      }),
    });
    assert.equal(register.body.status, 0);
    assert.ok(register.body.user.userId);
    const { users } = (await ask('GET', '/users?managedAppleId=anna%40acme.example')).body;
    assert.equal(users[0].clientUserId, '3f1c7d0e-6a86-4c0e-9a51-0c2f9f2c5c11');
    assert.notEqual(users[0].status, 'Retired');
  });

  // https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/apple_apps/api.go: of the addresses nothing is altered
  // but `ids` added, the content token stands in a header field, and the bearer is the secret of its proxy.
  it('reads metadata: the catalog at the addresses that the environment names', async () => {
    const { body: env } = await fleet.call('GET', '/_crabapple/env');
    const { fleetServerSecret } = (
      await fleet.call('POST', env.FLEET_DEV_VPP_PROXY_AUTH_URL, {
        body: JSON.stringify({ fleetServerUrl: 'https://fleet.acme.example', fleetLicenseKey: '' }),
      })
    ).body;
    assert.ok(fleetServerSecret);
    const url = new URL(env.FLEET_DEV_STOKEN_AUTHENTICATED_APPS_URL);
    url.searchParams.append('ids', '1001');
    const { status, body } = await fleet.call('GET', url.href, {
      headers: { authorization: `Bearer ${fleetServerSecret}`, 'vpp-token': fleet.sToken },
    });
    assert.equal(status, 200);
    const { name, platformAttributes } = body.data[0].attributes;
    assert.equal(name, 'Acme Notes');
    assert.equal(platformAttributes.ios.bundleId, 'com.acme.notes');
    assert.equal(platformAttributes.ios.latestVersionInfo.versionDisplay, '3.1');
    // Into a uint of Go, which takes no text.
    assert.ok(Number.isSafeInteger(platformAttributes.ios.externalVersionId));
    // Older versions ask the public store: FLEET_DEV_ITUNES_URL.
    const older = await fleet.call('GET', '/lookup?id=1001&entity=software');
    assert.deepEqual(
      [older.body.results[0].trackId, older.body.results[0].bundleId],
      [1001, 'com.acme.notes'],
    );
  });

  it('sends several bad things in the wrong way: each error in the body', async () => {
    const cases: readonly [object, number][] = [
      [{ assets: [], serialNumbers: ['S1'] }, 9718],
      [{ assets: [{ adamId: '1001' }], serialNumbers: [] }, 9719],
    ];
    for (const [body, number] of cases) {
      assert.equal((await ask('POST', '/assets/associate', body)).body.errorNumber, number);
    }
  });
});
