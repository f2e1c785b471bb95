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
 * Zentral has no switch for its base URL and is no module. What it sends and reads:
 * https://github.com/zentralopensource/zentral/blob/main/zentral/contrib/mdm/apps_books.py
 */
describe('Zentral, by transcript', () => {
  let zentral: Transcript;
  let receiver: Receiver;

  before(async () => {
    zentral = await Transcript.begin(SCENARIO);
    receiver = await new Receiver(selfSigned()).listen();
    // It answers 200 for the right bearer only.
    receiver.answer = (response, { headers }) =>
      response.writeHead(headers.authorization === `Bearer ${TOKEN}` ? 200 : 401).end();
  });

  after(async () => {
    receiver?.close();
    await zentral?.end();
  });

  const headers = () => ({ authorization: `Bearer ${zentral.sToken}`, 'content-type': 'application/json' });
  const get = (path: string) => zentral.call('GET', `/mdm/v2/${path}`, { headers: headers() });
  const post = (path: string, body: object) =>
    zentral.call('POST', `/mdm/v2/${path}`, { headers: headers(), body: JSON.stringify(body) });

  it('takes a token: GET client/config with every text that it wants', async () => {
    const { body } = await get('client/config');
    for (const member of ['countryISO2ACode', 'uId', 'locationName', 'defaultPlatform', 'websiteURL']) {
      assert.equal(typeof body[member], 'string', member);
    }
    assert.ok(!Number.isNaN(Date.parse(body.tokenExpirationDate.replace('+0000', 'Z'))));
  });

  it('takes the location: POST client/config with mdmInfo, and is asked by a test notification', async () => {
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

  it('syncs assets: one versionId all the way, each next page the one after, every member there', async () => {
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

  it('reads metadata: the URL of the service config, with itvt', async () => {
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

  it('assigns in bulk and learns the result by notification alone', async () => {
    const { eventId } = (
      await post('assets/associate', { assets: [{ adamId: '1001' }], serialNumbers: ['S1', 'S2', 'S3'] })
    ).body;
    await zentral.apple.control.setClock({ advance: '1m' });
    const told = (await receiver.until(2)).map(({ body }) => body);
    for (const { notificationType, notification, notificationId, uId } of told) {
      assert.equal(notificationType, 'ASSET_MANAGEMENT');
      assert.equal(notification.eventId, eventId);
      assert.ok(notificationId && uId);
    }
    const results = told.map(({ notification }) => [notification.result, notification.assignments.length]);
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

  it('learns of a purchase', async () => {
    await zentral.apple.control.act({ buy: { adam_id: 1001, count: 3 } });
    const told = await receiver.until(3);
    assert.deepEqual(told.at(-1)?.body.notification, { adamId: '1001', pricingParam: 'STDQ', countDelta: 3 });
  });

  it('stops when the mdmInfo is another: a conflict', async () => {
    await zentral.apple.control.act({ take_over: true });
    const { body } = await get('client/config');
    assert.notEqual(body.mdmInfo.id, MDM_INFO.id);
  });

  it('reloads its token and tries again: 9622 comes with a status that raises nothing', async () => {
    const answer = await zentral.call('GET', '/mdm/v2/assets', {
      headers: { authorization: 'Bearer bm90aGluZw==' },
    });
    assert.deepEqual([answer.status, answer.body.errorNumber], [200, 9622]);
  });
});
