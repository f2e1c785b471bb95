import assert from 'node:assert/strict';
import { aioapns } from './aioapns-client.ts';
import { curlClient } from './curl-client.ts';
import { goApns2, nanomdm } from './go-push-clients.ts';
import { nodeApn } from './npm-clients.ts';
import type { Push, PushClient, PushResult, PushSession, PushSettings } from './push-client.ts';
import { NOW, PushFixture } from './push-fixture.ts';
import { FAULTS, REJECTED_PUSHES } from './push-rejections.ts';

const MAC = 'C02ACME0001';

for (const client of [nanomdm, goApns2, nodeApn, aioapns, curlClient] as readonly PushClient[]) {
  describe(`${client.name}, pushing with a certificate`, () => {
    let fixture: PushFixture;
    let settings: PushSettings;
    let session: PushSession;
    // nanomdm has no option for the address of APNs.
    const useProxy = client === nanomdm;
    const environment = client.checksCertificateFor === undefined ? 'production' : 'both';

    before(async function () {
      this.timeout(300_000);
      await client.prepare(this);
      fixture = await PushFixture.start();
      settings = await fixture.withCertificate({ environment });
      session = client.start({ ...settings, useProxy });
    });

    after(async () => {
      await session?.stop();
      if (fixture !== undefined) assert.equal(await fixture.stop(), 0);
    });

    afterEach(async function () {
      await fixture.control.clearFaults();
      if (this.currentTest?.state === 'failed') console.log(session.output, fixture.apple.output);
    });

    const canSet = (push: Partial<Push>): boolean =>
      Object.keys(push).every(
        (field) =>
          field === 'token' || field === 'payload' || (client.settableFields as string[]).includes(field),
      );

    async function pushToMac(change: Partial<Push> = {}, by: PushSession = session): Promise<PushResult> {
      const { push_token: token, push_magic } = await fixture.device(MAC);
      return by.send({
        token,
        payload: { mdm: push_magic },
        ...(canSet({ pushType: '' }) ? { pushType: 'mdm' } : {}),
        ...change,
      });
    }

    /** Pushes with another certificate, on a new connection. */
    async function pushOnce(options: object, change: Partial<Push> = {}): Promise<PushResult> {
      const other = client.start({ ...(await fixture.withCertificate(options)), useProxy });
      try {
        return await pushToMac(change, other).catch((error: Error) => ({ error: error.message }));
      } finally {
        await other.stop();
      }
    }

    async function pushesSince(seq: number) {
      const entries = await fixture.control.journal(seq);
      return entries.filter(({ operation }) => operation === 'apns.push');
    }

    it('wakes a Mac', async () => {
      const result = await pushToMac();
      assert.deepEqual([result.status, result.error], [200, undefined]);
      const { last_push } = await fixture.device(MAC);
      assert.deepEqual([last_push?.state, last_push?.woke_device], ['delivered', true]);
      assert.equal(last_push?.apns_id, result.apnsId);
    });

    if (canSet({ apnsId: '' })) {
      it('receives its own apns-id with success and with failure', async () => {
        const apnsId = '0d8b4a6e-1c2f-4d3a-9b5e-6f7a8b9c0d1e';
        assert.equal((await pushToMac({ apnsId })).apnsId, apnsId);
        assert.equal((await pushToMac({ apnsId, token: 'ab'.repeat(32) })).apnsId, apnsId);
      });
    }

    it('receives 200 for the push magic of another device, which does not wake the Mac', async () => {
      const before = await fixture.control.lastSeq();
      assert.equal((await pushToMac({ payload: { mdm: 'another' } })).status, 200);
      assert.equal((await fixture.device(MAC)).last_push?.woke_device, false);
      const [entry] = await pushesSince(before);
      assert.match(entry?.why ?? '', /^magic mismatch/);
    });

    for (const { reason, status, condition, push } of REJECTED_PUSHES.filter((each) => canSet(each.push))) {
      it(`receives ${reason} for ${condition}`, async function () {
        const before = await fixture.control.lastSeq();
        const result = await pushToMac(push);
        // Some clients validate a push before they send it.
        if ((await pushesSince(before)).length === 0) {
          console.log(`      ${client.name} rejects this before it sends: ${result.error?.slice(0, 100)}`);
          return this.skip();
        }
        if (client.hiddenReasons?.includes(reason)) {
          const { response } = (await pushesSince(before)).at(-1)!;
          assert.deepEqual([response?.status, response?.body], [status, { reason }]);
          return;
        }
        assert.equal(result.reason, reason);
        assert.match(result.error ?? `${result.status}`, new RegExp(`\\b${status}\\b`));
      });
    }

    it('receives Unregistered with a timestamp for a former device token', async () => {
      const { push_token: former } = await fixture.device(MAC);
      await fixture.control.act({ rotate_push_tokens: [MAC] });
      const { reason, timestamp } = await pushToMac({ token: former });
      assert.deepEqual([reason, timestamp], ['Unregistered', NOW]);
      assert.equal((await pushToMac()).status, 200);
    });

    it('receives DeviceTokenNotForTopic with a new certificate of another topic instead of a renewed one', async () => {
      const { reason } = await pushOnce({ environment, new_topic: true });
      assert.equal(reason, 'DeviceTokenNotForTopic');
      assert.equal((await pushOnce({ environment })).status, 200);
    });

    if (client !== aioapns) {
      it('receives MissingTopic without apns-topic if the certificate has several topics', async () => {
        const { reason } = await pushOnce({ environment, more_topics: ['com.example.other'] });
        assert.equal(reason, 'MissingTopic');
      });
    }

    if (canSet({ topic: '' })) {
      it('receives BadTopic for a topic that is not in the certificate', async () => {
        const { reason, status } = await pushToMac({ topic: 'com.example.other' });
        assert.deepEqual([status, reason], [400, 'BadTopic']);
      });
    }

    for (const { reason, status } of FAULTS) {
      it(`receives ${reason} from a fault, and 200 afterward`, async () => {
        await fixture.control.addFault({ on: 'apns.push', answer: reason });
        const before = await fixture.control.lastSeq();
        const result = await pushToMac();
        assert.equal(result.reason, reason);
        assert.match(result.error ?? `${result.status}`, new RegExp(`\\b${status}\\b`));
        const attempts = client.retries && status !== 403 ? 2 : 1;
        assert.equal((await pushesSince(before)).length, attempts);
        await fixture.control.clearFaults();
        assert.equal((await pushToMac()).status, 200);
      });
    }

    it('reconnects after GOAWAY', async () => {
      await fixture.control.addFault({ on: 'apns.push', answer: { goaway: 'Shutdown' }, times: 1 });
      const { status, error } = await pushToMac();
      if (client.failures.goaway === undefined) assert.equal(status, 200);
      else assert.match(error ?? '', client.failures.goaway);
      assert.equal((await pushToMac()).status, 200);
    });

    /** Stops a client that keeps retrying once the server has logged the rejection. */
    async function assertRejected(other: PushSession, reason: RegExp): Promise<void> {
      const before = await fixture.control.lastSeq();
      const pushing = pushToMac({}, other).catch((error: Error): PushResult => ({ error: error.message }));
      try {
        await fixture.apple.waitForLog(reason);
        if (client.failures.rejectedCertificate === undefined) return;
        const { status, error } = await pushing;
        assert.match(error ?? `${status}`, client.failures.rejectedCertificate);
      } finally {
        await other.stop();
        await pushing;
        assert.deepEqual(await pushesSince(before), []);
      }
    }

    it('is rejected with a sandbox certificate in production', async () => {
      const other = client.start({
        ...(await fixture.withCertificate({ environment: 'sandbox' })),
        useProxy,
      });
      await assertRejected(other, /is for sandbox, and this is production/);
    });

    it('cannot connect with a certificate that has expired on the virtual clock', async () => {
      const other = client.start({ ...(await fixture.withCertificate({ environment, days: 30 })), useProxy });
      await fixture.control.setClock({ at: '2028-01-01T00:00:00Z' });
      try {
        const { status, error } = await pushToMac({}, other);
        assert.match(error ?? `${status}`, client.failures.closed);
        await fixture.apple.waitForLog(/has expired on the virtual clock/);
      } finally {
        await fixture.control.setClock({ at: new Date(NOW).toISOString() });
        await other.stop();
      }
    });

    for (const alert of ['certificate_expired', 'internal_error'] as const) {
      it(`receives the TLS alert ${alert}`, async () => {
        await fixture.control.addFault({ on: 'connection', answer: { tls_alert: alert } });
        const { status, error } = await pushOnce({ environment });
        const { alertExpired, alertInternalError } = client.failures;
        assert.match(error ?? `${status}`, alert === 'internal_error' ? alertInternalError : alertExpired);
      });
    }

    it('is rejected with a revoked certificate', async () => {
      await fixture.control.act({ revoke_push_certificate: true });
      await assertRejected(client.start({ ...settings, useProxy }), /is revoked/);
    });
  });
}
