import assert from 'node:assert/strict';
import { Transcript } from './vpp-transcript.ts';

const SCENARIO = `
name: go-apple-dm and licenses
clock: { rate: 1000 }
locations:
  - name: Headquarters
    assets: [{ adam_id: 1001, total: 2 }]
`;

const OURS = {
  id: '0b7c8a52-6c0e-4d3b-9f5e-1d2c3b4a5968',
  name: 'go-apple-dm',
  metadata: 'mdm.acme.example',
};

/**
 * The package `appsbooks` is in no module that the proxy of Go hands out. It is the strictest client that is known:
 * https://github.com/deploymenttheory/go-apple-dm.
 */
describe('go-apple-dm, by transcript', () => {
  let client: Transcript;

  before(async () => {
    client = await Transcript.begin(SCENARIO);
  });

  after(() => client?.end());

  const ask = (method: string, path: string, body?: object) =>
    client.call(method, `/mdm/v2${path}`, {
      redirect: 'error',
      headers: { authorization: `Bearer ${client.sToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  it('takes every URL of the service config from the origin that it asked, and every limit', async () => {
    const { limits, urls } = (await ask('GET', '/service/config')).body;
    for (const [name, url] of Object.entries<string>(urls).filter(([, url]) => url.startsWith('http')))
      assert.equal(new URL(url.split('{')[0]!).origin, client.apple.url, name);
    for (const limit of [
      'maxAssets',
      'maxClientUserIds',
      'maxSerialNumbers',
      'maxUsers',
      'maxRequestPerSecond',
    ])
      assert.ok(Number.isSafeInteger(limits[limit]) && limits[limit] > 0, limit);
  });

  it('makes itself known, and finds itself in every answer before it writes', async () => {
    assert.deepEqual((await ask('POST', '/client/config', { mdmInfo: OURS })).body.mdmInfo, OURS);
    for (const path of ['/client/config', '/assets', '/assignments', '/users'])
      assert.deepEqual((await ask('GET', path)).body.mdmInfo, OURS, path);
  });

  it('takes an event for a success where it is COMPLETE, all pairs are counted and none failed', async () => {
    const assets = [{ adamId: '1001' }];
    const event = async (serialNumbers: readonly string[]) => {
      const { eventId, mdmInfo } = (await ask('POST', '/assets/associate', { assets, serialNumbers })).body;
      assert.deepEqual(mdmInfo, OURS);
      await client.apple.control.setClock({ advance: '1m' });
      return (await ask('GET', `/status?eventId=${eventId}`)).body;
    };
    const good = await event(['S1', 'S2']);
    assert.equal(good.eventStatus, 'COMPLETE');
    assert.deepEqual([good.numRequested, good.numCompleted], [2, 2]);
    assert.deepEqual(good.failures ?? [], []);
    const bad = await event(['S3']);
    assert.equal(bad.eventStatus, 'FAILED');
    assert.equal(bad.numCompleted, 0);
    assert.equal(bad.failures[0].errorNumber, 9709);
  });

  it('stops where another MDM has taken over', async () => {
    await ask('POST', '/client/config', { mdmInfo: { ...OURS, id: 'another' } });
    assert.equal((await ask('GET', '/client/config')).body.mdmInfo.id, 'another');
  });
});
