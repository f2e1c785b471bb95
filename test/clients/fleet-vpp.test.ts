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
 * Fleet cannot be required as a Go module: its `replace` directives are not published with it. Requests and expectations are
 * those of https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/vpp/api.go with FLEET_DEV_VPP_URL=…/mdm/v2.
 */
describe('Fleet, by transcript', () => {
  let fleet: Transcript;

  before(async () => {
    fleet = await Transcript.start(SCENARIO);
  });

  after(() => fleet?.stop());

  /** Fleet's `do`: bearer token, no content type; `errorNumber` in the body is an error at any status. */
  const request = (method: string, path: string, body?: object, token = fleet.sToken) =>
    fleet.call(method, `/mdm/v2${path}`, {
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: new TextEncoder().encode(JSON.stringify(body)) }),
    });

  it('uploads a content token: GetConfig', async () => {
    // Fleet parses the token before it sends it: expDate with Go's layout `2006-01-02T15:04:05Z0700`, orgName for the admin.
    const file = JSON.parse(Buffer.from(fleet.sToken, 'base64').toString('utf8'));
    assert.match(file.expDate, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d{4})$/);
    assert.ok(file.orgName);
    const { status, body } = await request('GET', '/client/config');
    assert.equal(status, 200);
    assert.equal(body.locationName, 'Headquarters');
    assert.equal(body.countryISO2ACode.toLowerCase(), 'de');
  });

  it('receives 200 with error 9622 in the body for an unknown content token', async () => {
    const unknown = Buffer.from('{"token":"x","expDate":"2030-11-08T22:33:22+0000","orgName":"x"}').toString(
      'base64',
    );
    const { status, body } = await request('GET', '/client/config', undefined, unknown);
    assert.equal(status, 200);
    assert.equal(body.errorNumber, 9622);
    assert.ok(body.errorMessage);
  });

  it('lists apps: GetAssets without a filter', async () => {
    const { body } = await request('GET', '/assets');
    assert.deepEqual(
      body.assets.map(({ adamId }: { adamId: string }) => adamId),
      ['1001', '1002'],
    );
  });

  it('installs on a device: assignments, then assets, then associate', async () => {
    // Not assigned yet.
    const assigned = await request('GET', '/assignments?adamId=1001&serialNumber=C02ACME0001');
    assert.deepEqual(assigned.body.assignments, []);
    // Fleet requires an available license, and sends the asset back with its availableCount.
    const { assets } = (await request('GET', '/assets?adamId=1001')).body;
    assert.ok(assets[0].availableCount > 0);
    const { adamId, pricingParam, availableCount } = assets[0];
    const { body } = await request('POST', '/assets/associate', {
      assets: [{ adamId, pricingParam, availableCount }],
      serialNumbers: ['C02ACME0001'],
    });
    assert.ok(body.eventId);
    // A second install finds the assignment and sends no associate.
    await fleet.apple.control.setClock({ advance: '1m' });
    const again = await request('GET', '/assignments?adamId=1001&serialNumber=C02ACME0001');
    assert.equal(again.body.assignments.length, 1);
  });

  it('reads availableCount 0 when no license is left', async () => {
    const { assets } = (await request('GET', '/assets?adamId=1001')).body;
    assert.equal(assets[0].availableCount, 0);
  });

  it('returns a license: disassociate', async () => {
    const { body } = await request('POST', '/assets/disassociate', {
      assets: [{ adamId: '1001', pricingParam: 'STDQ', availableCount: 0 }],
      serialNumbers: ['C02ACME0001'],
    });
    assert.ok(body.eventId);
    await fleet.apple.control.setClock({ advance: '1m' });
    assert.equal((await request('GET', '/assets?adamId=1001')).body.assets[0].availableCount, 1);
  });

  it('registers the user of a personal device: registerVPPUserSrv below /mdm/v2, without Authorization', async () => {
    const register = await fleet.call('POST', '/mdm/v2/registerVPPUserSrv', {
      body: JSON.stringify({
        sToken: fleet.sToken,
        clientUserIdStr: '3f1c7d0e-6a86-4c0e-9a51-0c2f9f2c5c11',
        managedAppleIDStr: 'anna@acme.example',
      }),
    });
    assert.equal(register.body.status, 0);
    assert.ok(register.body.user.userId);
    const { users } = (await request('GET', '/users?managedAppleId=anna%40acme.example')).body;
    assert.equal(users[0].clientUserId, '3f1c7d0e-6a86-4c0e-9a51-0c2f9f2c5c11');
    assert.notEqual(users[0].status, 'Retired');
  });

  // https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/apple_apps/api.go: Fleet only adds `ids` to the
  // URL, sends the content token in `vpp-token`, and uses the secret of its proxy as the bearer token.
  it('reads metadata from the catalog URLs of the environment variables', async () => {
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
    // Fleet decodes it into a Go uint, which accepts no string.
    assert.ok(Number.isSafeInteger(platformAttributes.ios.externalVersionId));
    // Older versions use the public store lookup: FLEET_DEV_ITUNES_URL.
    const older = await fleet.call('GET', '/lookup?id=1001&entity=software');
    assert.deepEqual(
      [older.body.results[0].trackId, older.body.results[0].bundleId],
      [1001, 'com.acme.notes'],
    );
  });

  it('receives 9718 without assets and 9719 without serial numbers, in the body', async () => {
    const cases: readonly [object, number][] = [
      [{ assets: [], serialNumbers: ['S1'] }, 9718],
      [{ assets: [{ adamId: '1001' }], serialNumbers: [] }, 9719],
    ];
    for (const [body, number] of cases) {
      assert.equal((await request('POST', '/assets/associate', body)).body.errorNumber, number);
    }
  });
});
