import assert from 'node:assert/strict';
import { aioapns } from './aioapns-client.ts';
import { curlClient } from './curl-client.ts';
import { goApns2, nanomdm } from './go-push-clients.ts';
import { nodeApn } from './npm-clients.ts';
import type { Push, PushAnswer, PushClient, PushSession, PushSettings } from './push-client.ts';
import { FAULTS, REFUSED_PUSHES } from './push-rejections.ts';
import { NOW, PushWorld } from './push-world.ts';

const MAC = 'C02ACME0001';

for (const client of [nanomdm, goApns2, nodeApn, aioapns, curlClient] as readonly PushClient[]) {
  describe(`${client.name}, pushing with a certificate`, () => {
    let world: PushWorld;
    let settings: PushSettings;
    let session: PushSession;
    // Of a client that knows no address but Apple's.
    const useProxy = client === nanomdm;
    const environment = client.looksFor === undefined ? 'production' : 'both';

    before(async function () {
      this.timeout(300_000);
      await client.prepare(this);
      world = await PushWorld.start();
      settings = await world.withCertificate({ environment });
      session = client.start({ ...settings, useProxy });
    });

    after(async () => {
      await session?.stop();
      if (world !== undefined) assert.equal(await world.stop(), 0);
    });

    afterEach(async function () {
      await world.control.clearFaults();
      if (this.currentTest?.state === 'failed') console.log(session.output, world.apple.output);
    });

    const sets = (push: Partial<Push>): boolean =>
      Object.keys(push).every(
        (field) => field === 'token' || field === 'payload' || (client.sets as string[]).includes(field),
      );

    async function pushToMac(change: Partial<Push> = {}, by: PushSession = session): Promise<PushAnswer> {
      const { push_token: token, push_magic } = await world.device(MAC);
      return by.send({
        token,
        payload: { mdm: push_magic },
        ...(sets({ pushType: '' }) ? { pushType: 'mdm' } : {}),
        ...change,
      });
    }

    /** With another certificate, on a connection of its own. */
    async function pushOnce(wish: object, change: Partial<Push> = {}): Promise<PushAnswer> {
      const other = client.start({ ...(await world.withCertificate(wish)), useProxy });
      try {
        return await pushToMac(change, other).catch((error: Error) => ({ error: error.message }));
      } finally {
        await other.stop();
      }
    }

    async function pushesSince(seq: number) {
      const entries = await world.control.journal(seq);
      return entries.filter(({ operation }) => operation === 'apns.push');
    }

    it('wakes a Mac', async () => {
      const answer = await pushToMac();
      assert.deepEqual([answer.status, answer.error], [200, undefined]);
      const { last_push } = await world.device(MAC);
      assert.deepEqual([last_push?.state, last_push?.woke_device], ['delivered', true]);
      assert.equal(last_push?.apns_id, answer.apnsId);
    });

    if (sets({ apnsId: '' })) {
      it('gets its apns-id back as it was, with success and with failure', async () => {
        const apnsId = '0d8b4a6e-1c2f-4d3a-9b5e-6f7a8b9c0d1e';
        assert.equal((await pushToMac({ apnsId })).apnsId, apnsId);
        assert.equal((await pushToMac({ apnsId, token: 'ab'.repeat(32) })).apnsId, apnsId);
      });
    }

    it('is answered 200 with the magic of another device, which does not wake the Mac', async () => {
      const before = await world.control.lastSeq();
      assert.equal((await pushToMac({ payload: { mdm: 'another' } })).status, 200);
      assert.equal((await world.device(MAC)).last_push?.woke_device, false);
      const [entry] = await pushesSince(before);
      assert.match(entry?.why ?? '', /^magic mismatch/);
    });

    for (const { reason, status, about, push } of REFUSED_PUSHES.filter((each) => sets(each.push))) {
      it(`is told ${reason} for ${about}`, async function () {
        const before = await world.control.lastSeq();
        const answer = await pushToMac(push);
        // A client may look before it sends; then there is nothing to verifier.
        if ((await pushesSince(before)).length === 0) {
          console.log(`      ${client.name} does not send this: ${answer.error?.slice(0, 100)}`);
          return this.skip();
        }
        if (client.loses?.includes(reason)) {
          const { response } = (await pushesSince(before)).at(-1)!;
          assert.deepEqual([response?.status, response?.body], [status, { reason }]);
          return;
        }
        assert.equal(answer.reason, reason);
        assert.match(answer.error ?? `${answer.status}`, new RegExp(`\\b${status}\\b`));
      });
    }

    it('is told Unregistered, and since when, once the token is another', async () => {
      const { push_token: former } = await world.device(MAC);
      await world.control.act({ rotate_push_tokens: [MAC] });
      const { reason, timestamp } = await pushToMac({ token: former });
      assert.deepEqual([reason, timestamp], ['Unregistered', NOW]);
      assert.equal((await pushToMac()).status, 200);
    });

    it('is told DeviceTokenNotForTopic with a certificate that was made anew in the place of a renewal', async () => {
      const { reason } = await pushOnce({ environment, new_topic: true });
      assert.equal(reason, 'DeviceTokenNotForTopic');
      assert.equal((await pushOnce({ environment })).status, 200);
    });

    if (client !== aioapns) {
      it('is told MissingTopic where the certificate has several and it names none', async () => {
        const { reason } = await pushOnce({ environment, more_topics: ['com.example.other'] });
        assert.equal(reason, 'MissingTopic');
      });
    }

    if (sets({ topic: '' })) {
      it('is told BadTopic for a topic that the certificate does not have', async () => {
        const { reason, status } = await pushToMac({ topic: 'com.example.other' });
        assert.deepEqual([status, reason], [400, 'BadTopic']);
      });
    }

    for (const { reason, status } of FAULTS) {
      it(`is told ${reason} where Apple is in trouble, and gets through afterward`, async () => {
        await world.control.addFault({ on: 'apns.push', answer: reason });
        const before = await world.control.lastSeq();
        const answer = await pushToMac();
        assert.equal(answer.reason, reason);
        assert.match(answer.error ?? `${answer.status}`, new RegExp(`\\b${status}\\b`));
        const asked = client.repeats && status !== 403 ? 2 : 1;
        assert.equal((await pushesSince(before)).length, asked);
        await world.control.clearFaults();
        assert.equal((await pushToMac()).status, 200);
      });
    }

    it('connects again after GOAWAY', async () => {
      await world.control.addFault({ on: 'apns.push', answer: { goaway: 'Shutdown' }, times: 1 });
      const { status, error } = await pushToMac();
      if (client.failures.goaway === undefined) assert.equal(status, 200);
      else assert.match(error ?? '', client.failures.goaway);
      assert.equal((await pushToMac()).status, 200);
    });

    /** A client that goes on trying is stopped once the server has turned it away. */
    async function turnedAway(other: PushSession, why: RegExp): Promise<void> {
      const before = await world.control.lastSeq();
      const pushing = pushToMac({}, other).catch((error: Error): PushAnswer => ({ error: error.message }));
      try {
        await world.apple.wrote(why);
        if (client.failures.refusedCertificate === undefined) return;
        const { status, error } = await pushing;
        assert.match(error ?? `${status}`, client.failures.refusedCertificate);
      } finally {
        await other.stop();
        await pushing;
        assert.deepEqual(await pushesSince(before), []);
      }
    }

    it('finds no way in with a certificate of the other environment', async () => {
      const other = client.start({ ...(await world.withCertificate({ environment: 'sandbox' })), useProxy });
      await turnedAway(other, /is for sandbox, and this is production/);
    });

    it('finds no way in with a certificate that has expired on the virtual clock', async () => {
      const other = client.start({ ...(await world.withCertificate({ environment, days: 30 })), useProxy });
      await world.control.setClock({ at: '2028-01-01T00:00:00Z' });
      try {
        const { status, error } = await pushToMac({}, other);
        assert.match(error ?? `${status}`, client.failures.closed);
        await world.apple.wrote(/has expired on the virtual clock/);
      } finally {
        await world.control.setClock({ at: new Date(NOW).toISOString() });
        await other.stop();
      }
    });

    for (const alert of ['certificate_expired', 'internal_error'] as const) {
      it(`meets the TLS alert ${alert}`, async () => {
        await world.control.addFault({ on: 'connection', answer: { tls_alert: alert } });
        const { status, error } = await pushOnce({ environment });
        const { alertExpired, alertInternalError } = client.failures;
        assert.match(error ?? `${status}`, alert === 'internal_error' ? alertInternalError : alertExpired);
      });
    }

    it('finds no way in with a certificate that was revoked', async () => {
      await world.control.act({ revoke_push_certificate: true });
      await turnedAway(client.start({ ...settings, useProxy }), /is revoked/);
    });
  });
}
