import assert from 'node:assert/strict';
import { Transcript } from './vpp-transcript.ts';

const SCENARIO = `
name: go-apple-dm and licenses
clock: { rate: 1000 }
locations:
  - name: Headquarters
    assets: [{ adam_id: 1001, total: 2 }]
`;

const MDM_INFO = {
  id: '0b7c8a52-6c0e-4d3b-9f5e-1d2c3b4a5968',
  name: 'go-apple-dm',
  metadata: 'mdm.acme.example',
};

/**
 * The package `appsbooks` is in no module of the Go module proxy. It is the strictest client we know of:
 * https://github.com/deploymenttheory/go-apple-dm.
 */
describe('go-apple-dm, by transcript', () => {
  let client: Transcript;

  before(async () => {
    client = await Transcript.start(SCENARIO);
  });

  after(() => client?.stop());

  const request = (method: string, path: string, body?: object) =>
    client.call(method, `/mdm/v2${path}`, {
      redirect: 'error',
      headers: { authorization: `Bearer ${client.sToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  it('receives service config URLs of the origin it called, and a positive number for every limit', async () => {
    const { limits, urls } = (await request('GET', '/service/config')).body;
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

  it('sets mdmInfo, and reads it in every response before it writes', async () => {
    assert.deepEqual((await request('POST', '/client/config', { mdmInfo: MDM_INFO })).body.mdmInfo, MDM_INFO);
    for (const path of ['/client/config', '/assets', '/assignments', '/users'])
      assert.deepEqual((await request('GET', path)).body.mdmInfo, MDM_INFO, path);
  });

  it('reads eventStatus COMPLETE with all pairs counted, and FAILED with error 9709 when no license is left', async () => {
    const assets = [{ adamId: '1001' }];
    const event = async (serialNumbers: readonly string[]) => {
      const { eventId, mdmInfo } = (await request('POST', '/assets/associate', { assets, serialNumbers }))
        .body;
      assert.deepEqual(mdmInfo, MDM_INFO);
      await client.apple.control.setClock({ advance: '1m' });
      return (await request('GET', `/status?eventId=${eventId}`)).body;
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

  it('reads the mdmInfo of another MDM that has taken over the location', async () => {
    await request('POST', '/client/config', { mdmInfo: { ...MDM_INFO, id: 'another' } });
    assert.equal((await request('GET', '/client/config')).body.mdmInfo.id, 'another');
  });
});
