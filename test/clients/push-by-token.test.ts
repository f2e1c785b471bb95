import assert from 'node:assert/strict';
import { aioapns } from './aioapns-client.ts';
import { goApns2 } from './go-push-clients.ts';
import { nodeApn, npmApns2 } from './npm-clients.ts';
import { portFree } from './port-free.ts';
import type { Push, PushAnswer, PushClient, PushSession, PushSettings } from './push-client.ts';
import { FAULTS, REFUSED_PUSHES } from './push-rejections.ts';
import { APP_DEVICE, APP_TOPIC, NOW, PushWorld } from './push-world.ts';

const HTTPS_PORT = 443;
const HOUR = 3_600_000;

/** What a client does at ExpiredProviderToken. */
const AFTER_EXPIRY = new Map<PushClient, 'pushes again at once' | 'renews' | 'goes on as before'>([
  [nodeApn, 'pushes again at once'],
  [npmApns2, 'renews'],
  [goApns2, 'goes on as before'],
  [aioapns, 'goes on as before'],
]);

for (const client of [goApns2, nodeApn, npmApns2, aioapns]) {
  describe(`${client.name}, pushing with a provider token`, () => {
    let world: PushWorld;
    let settings: PushSettings;
    let session: PushSession;

    before(async function () {
      this.timeout(300_000);
      await client.prepare(this);
      const onlyHttps = client === npmApns2;
      if (onlyHttps && !(await portFree(HTTPS_PORT))) {
        console.log(
          `${client.name}: SKIPPED, it knows no port but 443, which this user may not open or is taken`,
        );
        this.skip();
      }
      world = await PushWorld.start(onlyHttps ? `${HTTPS_PORT}` : '0');
      settings = await world.withKey();
      session = client.start(settings);
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

    async function pushToPhone(change: Partial<Push> = {}, by: PushSession = session): Promise<PushAnswer> {
      const { push_token: token } = await world.device(APP_DEVICE);
      return by.send({
        token,
        payload: { aps: { alert: 'x' } },
        topic: APP_TOPIC,
        pushType: 'alert',
        ...change,
      });
    }

    async function pushOnce(other: PushSettings, change: Partial<Push> = {}): Promise<PushAnswer> {
      const asIs = client.start(other);
      try {
        return await pushToPhone(change, asIs);
      } finally {
        await asIs.stop();
      }
    }

    const pushesSince = async (seq: number) =>
      (await world.control.journal(seq)).filter(({ operation }) => operation === 'apns.push');

    it('reaches a phone', async () => {
      assert.equal((await pushToPhone()).status, 200);
      assert.equal((await world.device(APP_DEVICE)).last_push?.state, 'delivered');
    });

    for (const { reason, status, about, push } of REFUSED_PUSHES.filter((each) => sets(each.push))) {
      if (client.loses?.includes(reason)) continue;
      it(`is told ${reason} for ${about}`, async function () {
        const before = await world.control.lastSeq();
        const answer = await pushToPhone(push);
        if ((await pushesSince(before)).length === 0) {
          console.log(`      ${client.name} does not send this: ${answer.error?.slice(0, 100)}`);
          return this.skip();
        }
        assert.deepEqual([answer.status, answer.reason], [status, reason]);
      });
    }

    it('is told TopicDisallowed for device management, which wants a certificate', async () => {
      const { push_token: token, push_topic: topic } = await world.device();
      const { status, reason } = await pushToPhone({ token, topic, pushType: 'mdm' });
      assert.deepEqual([status, reason], [400, 'TopicDisallowed']);
    });

    it('is told DeviceTokenNotForTopic for the token of another app', async () => {
      const { status, reason } = await pushToPhone({ topic: 'com.example.other' });
      assert.deepEqual([status, reason], [400, 'DeviceTokenNotForTopic']);
    });

    it('is told InvalidProviderToken with a key that nobody has, or of another team', async () => {
      const { providerKey } = settings;
      for (const wrong of [{ keyId: 'ABCDE12345' }, { teamId: 'OTHERTEAM1' }]) {
        const other = { ...settings, providerKey: { ...providerKey!, ...wrong } };
        const { status, reason } = await pushOnce(other);
        assert.deepEqual([status, reason], [403, 'InvalidProviderToken']);
      }
    });

    it('is told BadEnvironmentKeyInToken with a key of the sandbox', async () => {
      const { status, reason } = await pushOnce(await world.withKey({ environment: 'sandbox' }));
      assert.deepEqual([status, reason], [403, 'BadEnvironmentKeyInToken']);
    });

    it('is told TopicDisallowed with a key that is for another app', async () => {
      const { status, reason } = await pushOnce(await world.withKey({ topics: ['com.example.other'] }));
      assert.deepEqual([status, reason], [400, 'TopicDisallowed']);
    });

    if (client === goApns2) {
      it('is told TooManyProviderTokenUpdates for two tokens on one connection', async () => {
        const other = client.start(settings);
        assert.equal((await pushToPhone({}, other)).status, 200);
        const { status, reason } = await pushToPhone({ freshToken: true }, other);
        assert.deepEqual([status, reason], [429, 'TooManyProviderTokenUpdates']);
        await other.stop();
      });
    }

    it('is told Unregistered, and since when, once the token is another', async () => {
      const { push_token: former } = await world.device(APP_DEVICE);
      await world.control.act({ rotate_push_tokens: [APP_DEVICE] });
      const { status, reason, timestamp } = await pushToPhone({ token: former });
      assert.deepEqual([status, reason, timestamp], [410, 'Unregistered', NOW]);
      assert.equal((await pushToPhone()).status, 200);
    });

    for (const { reason, status } of FAULTS) {
      it(`is told ${reason} where Apple is in trouble, and gets through afterward`, async () => {
        await world.control.addFault({ on: 'apns.push', answer: reason });
        const answer = await pushToPhone();
        assert.deepEqual([answer.status, answer.reason], [status, reason]);
        await world.control.clearFaults();
        assert.equal((await pushToPhone()).status, 200);
      });
    }

    it('connects again after GOAWAY', async () => {
      await world.control.addFault({ on: 'apns.push', answer: { goaway: 'Shutdown' }, times: 1 });
      const { status, error } = await pushToPhone();
      if (status !== 200) assert.match(error ?? '', client.failures.goaway ?? /^$/);
      assert.equal((await pushToPhone()).status, 200);
    });

    it('has a token that never ages while the clock stands still, and ages with it', async () => {
      assert.equal((await pushToPhone()).status, 200);
      await world.control.setClock({ advance: '59m' });
      assert.equal((await pushToPhone()).status, 200);
      await world.control.setClock({ advance: '2m' });
      const { status, reason } = await pushToPhone();
      if (AFTER_EXPIRY.get(client) === 'pushes again at once') return assert.equal(status, 200);
      assert.deepEqual([status, reason], [403, 'ExpiredProviderToken']);
      const next = await pushToPhone();
      if (AFTER_EXPIRY.get(client) === 'renews') return assert.equal(next.status, 200);
      assert.deepEqual([next.status, next.reason], [403, 'ExpiredProviderToken']);
    });

    it('is served by a clock sixty times as fast, and by one so fast that its token ages meanwhile', async () => {
      const own = client.start(settings);
      try {
        await world.control.setClock({ rate: 60 });
        for (let push = 0; push < 2; push += 1) assert.equal((await pushToPhone({}, own)).status, 200);
        // The hour of a token goes by in 36 real milliseconds.
        await world.control.setClock({ rate: 100_000 });
        const begun = await world.control.now();
        while ((await world.control.now()) - begun < 2 * HOUR);
        const { status, reason } = await pushToPhone({}, own);
        if (AFTER_EXPIRY.get(client) === 'pushes again at once') assert.equal(status, 200);
        else assert.deepEqual([status, reason], [403, 'ExpiredProviderToken']);
      } finally {
        await own.stop();
      }
    });
  });
}
