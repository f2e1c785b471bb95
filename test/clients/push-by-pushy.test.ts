import assert from 'node:assert/strict';
import type { PushSession, PushSettings } from './push-client.ts';
import { APP_DEVICE, APP_TOPIC, NOW, PushFixture } from './push-fixture.ts';
import { pushy } from './pushy-client.ts';

describe(`${pushy.name}, which offers no ALPN`, () => {
  let fixture: PushFixture;
  let certificate: PushSettings;
  let session: PushSession;

  before(async function () {
    this.timeout(300_000);
    await pushy.prepare(this);
    fixture = await PushFixture.start();
    certificate = await fixture.withCertificate();
    session = pushy.start(certificate);
  });

  after(async () => {
    await session?.stop();
    if (fixture !== undefined) assert.equal(await fixture.stop(), 0);
  });

  async function pushToMac(change: object = {}) {
    const { push_token: token, push_magic: mdm } = await fixture.device();
    return session.send({ token, payload: { mdm }, pushType: 'mdm', ...change });
  }

  it('wakes a Mac with a certificate from a PKCS#12 file', async () => {
    assert.equal((await pushToMac()).status, 200);
    assert.equal((await fixture.device()).last_push?.woke_device, true);
    assert.equal((await fixture.control.journal()).at(-1)?.transport, 'http2');
  });

  it('receives the reason of each rejected push', async () => {
    const rejections = [
      [400, 'BadDeviceToken', { token: 'ab'.repeat(32) }],
      [400, 'BadCollapseId', { collapseId: 'x'.repeat(65) }],
      [400, 'BadTopic', { topic: APP_TOPIC }],
      [413, 'PayloadTooLarge', { payload: { mdm: 'x'.repeat(4096) } }],
    ] as const;
    for (const [status, reason, change] of rejections) {
      const result = await pushToMac(change);
      assert.deepEqual([result.status, result.reason], [status, reason]);
    }
  });

  it('receives Unregistered with a timestamp for a former device token', async () => {
    const { push_token: token, serial_number } = await fixture.device();
    await fixture.control.act({ rotate_push_tokens: [serial_number] });
    const { status, reason, timestamp } = await pushToMac({ token });
    assert.deepEqual([status, reason, timestamp], [410, 'Unregistered', NOW]);
  });

  it('reconnects after GOAWAY', async () => {
    await fixture.control.addFault({ on: 'apns.push', answer: { goaway: 'Shutdown' }, times: 1 });
    await pushToMac();
    assert.equal((await pushToMac()).status, 200);
  });

  it('pushes to an iPhone with a provider token until ExpiredProviderToken', async () => {
    const byToken = pushy.start(await fixture.withKey());
    const { push_token: token } = await fixture.device(APP_DEVICE);
    const push = { token, payload: { aps: { alert: 'x' } }, pushType: 'alert' };
    assert.equal((await byToken.send(push)).status, 200);
    await fixture.control.setClock({ advance: '61m' });
    const { status, reason } = await byToken.send(push);
    assert.deepEqual([status, reason], [403, 'ExpiredProviderToken']);
    await byToken.stop();
  });
});
