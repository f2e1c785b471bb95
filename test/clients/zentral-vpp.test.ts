import assert from 'node:assert/strict';
import { selfSigned } from '../vpp/certificate.ts';
import { Receiver } from '../vpp/receiver.ts';
import { Transcript } from './vpp-transcript.ts';

const SCENARIO = `
name: Zentral and licenses
clock: { rate: 1000 }
locations:
  - name: Headquarters
    assets:
      - { adam_id: 1001, total: 2 }
      - { generate: 5 }
behavior: { vpp: { page_size: 4 } }
`;

const MDM_INFO = {
  id: '0b8d1b6c-6a0e-4f6f-9a34-6a3f0a2a7d5e',
  name: 'Zentral',
  metadata: 'zentral.example.org',
};
const TOKEN = 'ztl_mdm_nat_secret';

/**
 * Zentral has no setting for its base URL and is not a library. Requests and expectations are those of
 * https://github.com/zentralopensource/zentral/blob/main/zentral/contrib/mdm/apps_books.py
 */
describe('Zentral, by transcript', () => {
  let zentral: Transcript;
  let receiver: Receiver;

  before(async () => {
    zentral = await Transcript.start(SCENARIO);
    receiver = await new Receiver(selfSigned()).listen();
    // Zentral responds 200 only to its own bearer token.
    receiver.answer = (response, { headers }) =>
      response.writeHead(headers.authorization === `Bearer ${TOKEN}` ? 200 : 401).end();
  });

  after(async () => {
    receiver?.close();
    await zentral?.stop();
  });

  const headers = () => ({ authorization: `Bearer ${zentral.sToken}`, 'content-type': 'application/json' });
  const get = (path: string) => zentral.call('GET', `/mdm/v2/${path}`, { headers: headers() });
  const post = (path: string, body: object) =>
    zentral.call('POST', `/mdm/v2/${path}`, { headers: headers(), body: JSON.stringify(body) });

  it('uploads a content token: GET client/config with all required strings', async () => {
    const { body } = await get('client/config');
    for (const member of ['countryISO2ACode', 'uId', 'locationName', 'defaultPlatform', 'websiteURL']) {
      assert.equal(typeof body[member], 'string', member);
    }
    assert.ok(!Number.isNaN(Date.parse(body.tokenExpirationDate.replace('+0000', 'Z'))));
  });

  it('takes over the location: POST client/config with mdmInfo, and receives a TEST_NOTIFICATION', async () => {
    const { status, body } = await post('client/config', {
      mdmInfo: MDM_INFO,
      notificationTypes: ['ASSET_MANAGEMENT', 'ASSET_COUNT'],
      notificationUrl: receiver.url('localhost', `/public/mdm/apps_books/${MDM_INFO.id}/`),
      notificationAuthToken: TOKEN,
    });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body.mdmInfo, MDM_INFO);
    assert.equal(receiver.received[0]?.body.notificationType, 'TEST_NOTIFICATION');
  });

  it('syncs assets: all pages in order with the same versionId and all members', async () => {
    const versions = new Set<string>();
    let seen = 0;
    for (let page = 0; ; page += 1) {
      const { body } = await get(`assets?pageIndex=${page}`);
      assert.equal(body.mdmInfo.id, MDM_INFO.id);
      versions.add(body.versionId);
      for (const asset of body.assets) {
        assert.equal(Object.keys(asset).length, 10);
        assert.ok(['App', 'Book'].includes(asset.productType));
        seen += 1;
      }
      if (body.nextPageIndex === undefined) break;
      assert.equal(body.nextPageIndex, page + 1);
    }
    assert.equal(seen, 6);
    assert.equal(versions.size, 1);
    assert.ok(!versions.has(undefined as unknown as string));
  });

  it('reads metadata from contentMetadataLookup of the service config, with the itvt cookie', async () => {
    const config = (await get('service/config')).body;
    const parameters = new URLSearchParams({
      version: '2',
      p: 'mdm-lockup',
      caller: 'MDM',
      platform: 'enterprisestore',
      cc: 'US',
      l: 'en',
      id: '1001',
    });
    const { body } = await zentral.call('GET', `${config.urls.contentMetadataLookup}?${parameters}`, {
      headers: { cookie: `itvt=${zentral.sToken}` },
    });
    assert.ok(body.results['1001'].name);
    assert.ok(body.results['1001'].bundleId);
    assert.ok(config.limits.maxSerialNumbers > 0);
  });

  it('assigns in bulk, and receives the results as ASSET_MANAGEMENT notifications', async () => {
    const { eventId } = (
      await post('assets/associate', { assets: [{ adamId: '1001' }], serialNumbers: ['S1', 'S2', 'S3'] })
    ).body;
    await zentral.apple.control.setClock({ advance: '1m' });
    const notifications = (await receiver.until(2)).map(({ body }) => body);
    for (const { notificationType, notification, notificationId, uId } of notifications) {
      assert.equal(notificationType, 'ASSET_MANAGEMENT');
      assert.equal(notification.eventId, eventId);
      assert.ok(notificationId && uId);
    }
    const results = notifications.map(({ notification }) => [
      notification.result,
      notification.assignments.length,
    ]);
    assert.deepEqual(results.sort(), [
      ['FAILURE', 1],
      ['SUCCESS', 2],
    ]);
  });

  it('reads the assignments of an asset, page by page', async () => {
    const { body } = await get('assignments?adamId=1001&pageIndex=0');
    assert.equal(body.assignments.length, 2);
    assert.ok(body.versionId);
  });

  it('receives an ASSET_COUNT notification for a purchase', async () => {
    await zentral.apple.control.act({ buy: { adam_id: 1001, count: 3 } });
    const notifications = await receiver.until(3);
    assert.deepEqual(notifications.at(-1)?.body.notification, {
      adamId: '1001',
      pricingParam: 'STDQ',
      countDelta: 3,
    });
  });

  it('reads the mdmInfo of another MDM that has taken over the location', async () => {
    await zentral.apple.control.act({ take_over: true });
    const { body } = await get('client/config');
    assert.notEqual(body.mdmInfo.id, MDM_INFO.id);
  });

  it('receives 9622 for an unknown content token with status 200, which raises no HTTP error', async () => {
    const response = await zentral.call('GET', '/mdm/v2/assets', {
      headers: { authorization: 'Bearer bm90aGluZw==' },
    });
    assert.deepEqual([response.status, response.body.errorNumber], [200, 9622]);
  });
});
