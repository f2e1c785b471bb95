import assert from 'node:assert/strict';
import { aioapns } from './aioapns-client.ts';
import { goApns2 } from './go-push-clients.ts';
import { nodeApn, npmApns2 } from './npm-clients.ts';
import { isPortFree } from './ports.ts';
import type { Push, PushClient, PushResult, PushSession, PushSettings } from './push-client.ts';
import { APP_DEVICE, APP_TOPIC, NOW, PushFixture } from './push-fixture.ts';
import { FAULTS, REJECTED_PUSHES } from './push-rejections.ts';

const HTTPS_PORT = 443;
const HOUR = 3_600_000;

/** What a client does after ExpiredProviderToken. */
const AFTER_EXPIRY = new Map<PushClient, 'retries' | 'renews' | 'keeps token'>([
  [nodeApn, 'retries'],
  [npmApns2, 'renews'],
  [goApns2, 'keeps token'],
  [aioapns, 'keeps token'],
]);

for (const client of [goApns2, nodeApn, npmApns2, aioapns]) {
  describe(`${client.name}, pushing with a provider token`, () => {
    let fixture: PushFixture;
    let settings: PushSettings;
    let session: PushSession;

    before(async function () {
      this.timeout(300_000);
      await client.prepare(this);
      const onlyHttps = client === npmApns2;
      if (onlyHttps && !(await isPortFree(HTTPS_PORT))) {
        console.log(
          `${client.name}: SKIPPED, it needs port 443, which is in use or not allowed for this user`,
        );
        this.skip();
      }
      fixture = await PushFixture.start(onlyHttps ? `${HTTPS_PORT}` : '0');
      settings = await fixture.withKey();
      session = client.start(settings);
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

    async function pushToPhone(change: Partial<Push> = {}, by: PushSession = session): Promise<PushResult> {
      const { push_token: token } = await fixture.device(APP_DEVICE);
      return by.send({
        token,
        payload: { aps: { alert: 'x' } },
        topic: APP_TOPIC,
        pushType: 'alert',
        ...change,
      });
    }

    async function pushOnce(other: PushSettings, change: Partial<Push> = {}): Promise<PushResult> {
      const session = client.start(other);
      try {
        return await pushToPhone(change, session);
      } finally {
        await session.stop();
      }
    }

    const pushesSince = async (seq: number) =>
      (await fixture.control.journal(seq)).filter(({ operation }) => operation === 'apns.push');

    it('pushes to an iPhone', async () => {
      assert.equal((await pushToPhone()).status, 200);
      assert.equal((await fixture.device(APP_DEVICE)).last_push?.state, 'delivered');
    });

    for (const { reason, status, condition, push } of REJECTED_PUSHES.filter((each) => canSet(each.push))) {
      if (client.hiddenReasons?.includes(reason)) continue;
      it(`receives ${reason} for ${condition}`, async function () {
        const before = await fixture.control.lastSeq();
        const result = await pushToPhone(push);
        if ((await pushesSince(before)).length === 0) {
          console.log(`      ${client.name} rejects this before it sends: ${result.error?.slice(0, 100)}`);
          return this.skip();
        }
        assert.deepEqual([result.status, result.reason], [status, reason]);
      });
    }

    it('receives TopicDisallowed for an MDM topic without a certificate', async () => {
      const { push_token: token, push_topic: topic } = await fixture.device();
      const { status, reason } = await pushToPhone({ token, topic, pushType: 'mdm' });
      assert.deepEqual([status, reason], [400, 'TopicDisallowed']);
    });

    it('receives DeviceTokenNotForTopic for the device token of another app', async () => {
      const { status, reason } = await pushToPhone({ topic: 'com.example.other' });
      assert.deepEqual([status, reason], [400, 'DeviceTokenNotForTopic']);
    });

    it('receives InvalidProviderToken with an unknown key or a key of another team', async () => {
      const { providerKey } = settings;
      for (const wrong of [{ keyId: 'ABCDE12345' }, { teamId: 'OTHERTEAM1' }]) {
        const other = { ...settings, providerKey: { ...providerKey!, ...wrong } };
        const { status, reason } = await pushOnce(other);
        assert.deepEqual([status, reason], [403, 'InvalidProviderToken']);
      }
    });

    it('receives BadEnvironmentKeyInToken with a sandbox key', async () => {
      const { status, reason } = await pushOnce(await fixture.withKey({ environment: 'sandbox' }));
      assert.deepEqual([status, reason], [403, 'BadEnvironmentKeyInToken']);
    });

    it('receives TopicDisallowed with a key for another app', async () => {
      const { status, reason } = await pushOnce(await fixture.withKey({ topics: ['com.example.other'] }));
      assert.deepEqual([status, reason], [400, 'TopicDisallowed']);
    });

    if (client === goApns2) {
      it('receives TooManyProviderTokenUpdates for two provider tokens on one connection', async () => {
        const other = client.start(settings);
        assert.equal((await pushToPhone({}, other)).status, 200);
        const { status, reason } = await pushToPhone({ freshToken: true }, other);
        assert.deepEqual([status, reason], [429, 'TooManyProviderTokenUpdates']);
        await other.stop();
      });
    }

    it('receives Unregistered with a timestamp for a former device token', async () => {
      const { push_token: former } = await fixture.device(APP_DEVICE);
      await fixture.control.act({ rotate_push_tokens: [APP_DEVICE] });
      const { status, reason, timestamp } = await pushToPhone({ token: former });
      assert.deepEqual([status, reason, timestamp], [410, 'Unregistered', NOW]);
      assert.equal((await pushToPhone()).status, 200);
    });

    for (const { reason, status } of FAULTS) {
      it(`receives ${reason} from a fault, and 200 afterward`, async () => {
        await fixture.control.addFault({ on: 'apns.push', answer: reason });
        const result = await pushToPhone();
        assert.deepEqual([result.status, result.reason], [status, reason]);
        await fixture.control.clearFaults();
        assert.equal((await pushToPhone()).status, 200);
      });
    }

    it('reconnects after GOAWAY', async () => {
      await fixture.control.addFault({ on: 'apns.push', answer: { goaway: 'Shutdown' }, times: 1 });
      const { status, error } = await pushToPhone();
      if (status !== 200) assert.match(error ?? '', client.failures.goaway ?? /^$/);
      assert.equal((await pushToPhone()).status, 200);
    });

    it('receives ExpiredProviderToken only after the virtual clock has passed an hour', async () => {
      assert.equal((await pushToPhone()).status, 200);
      await fixture.control.setClock({ advance: '59m' });
      assert.equal((await pushToPhone()).status, 200);
      await fixture.control.setClock({ advance: '2m' });
      const { status, reason } = await pushToPhone();
      if (AFTER_EXPIRY.get(client) === 'retries') return assert.equal(status, 200);
      assert.deepEqual([status, reason], [403, 'ExpiredProviderToken']);
      const next = await pushToPhone();
      if (AFTER_EXPIRY.get(client) === 'renews') return assert.equal(next.status, 200);
      assert.deepEqual([next.status, next.reason], [403, 'ExpiredProviderToken']);
    });

    it('pushes with a clock 60 times as fast, and receives ExpiredProviderToken once a fast clock has passed an hour', async () => {
      const ownSession = client.start(settings);
      try {
        await fixture.control.setClock({ rate: 60 });
        for (let push = 0; push < 2; push += 1) assert.equal((await pushToPhone({}, ownSession)).status, 200);
        // An hour, the lifetime of a provider token, passes in 36 ms.
        await fixture.control.setClock({ rate: 100_000 });
        const start = await fixture.control.now();
        while ((await fixture.control.now()) - start < 2 * HOUR);
        const { status, reason } = await pushToPhone({}, ownSession);
        if (AFTER_EXPIRY.get(client) === 'retries') assert.equal(status, 200);
        else assert.deepEqual([status, reason], [403, 'ExpiredProviderToken']);
      } finally {
        await ownSession.stop();
      }
    });
  });
}
