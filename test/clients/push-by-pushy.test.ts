import assert from 'node:assert/strict';
import type { PushSession, PushSettings } from './push-client.ts';
import { APP_DEVICE, APP_TOPIC, NOW, PushWorld } from './push-world.ts';
import { pushy } from './pushy-client.ts';

describe(`${pushy.name}, which offers no ALPN`, () => {
  let world: PushWorld;
  let certificate: PushSettings;
  let session: PushSession;

  before(async function () {
    this.timeout(300_000);
    await pushy.prepare(this);
    world = await PushWorld.start();
    certificate = await world.withCertificate();
    session = pushy.start(certificate);
  });

  after(async () => {
    await session?.stop();
    if (world !== undefined) assert.equal(await world.stop(), 0);
  });

  async function pushToMac(change: object = {}) {
    const { push_token: token, push_magic: mdm } = await world.device();
    return session.send({ token, payload: { mdm }, pushType: 'mdm', ...change });
  }

  it('wakes a Mac, with a certificate from a PKCS#12 file', async () => {
    assert.equal((await pushToMac()).status, 200);
    assert.equal((await world.device()).last_push?.woke_device, true);
    assert.equal((await world.control.journal()).at(-1)?.transport, 'http2');
  });

  it('is told why it is refused', async () => {
    const refusals = [
      [400, 'BadDeviceToken', { token: 'ab'.repeat(32) }],
      [400, 'BadCollapseId', { collapseId: 'x'.repeat(65) }],
      [400, 'BadTopic', { topic: APP_TOPIC }],
      [413, 'PayloadTooLarge', { payload: { mdm: 'x'.repeat(4096) } }],
    ] as const;
    for (const [status, reason, change] of refusals) {
      const answer = await pushToMac(change);
      assert.deepEqual([answer.status, answer.reason], [status, reason]);
    }
  });

  it('is told Unregistered, and since when', async () => {
    const { push_token: token, serial_number } = await world.device();
    await world.control.act({ rotate_push_tokens: [serial_number] });
    const { status, reason, timestamp } = await pushToMac({ token });
    assert.deepEqual([status, reason, timestamp], [410, 'Unregistered', NOW]);
  });

  it('connects again after GOAWAY', async () => {
    await world.control.addFault({ on: 'apns.push', answer: { goaway: 'Shutdown' }, times: 1 });
    await pushToMac();
    assert.equal((await pushToMac()).status, 200);
  });

  it('reaches a phone with a provider token, until it has aged', async () => {
    const byToken = pushy.start(await world.withKey());
    const { push_token: token } = await world.device(APP_DEVICE);
    const push = { token, payload: { aps: { alert: 'x' } }, pushType: 'alert' };
    assert.equal((await byToken.send(push)).status, 200);
    await world.control.setClock({ advance: '61m' });
    const { status, reason } = await byToken.send(push);
    assert.deepEqual([status, reason], [403, 'ExpiredProviderToken']);
    await byToken.stop();
  });
});
