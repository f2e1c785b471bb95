import assert from 'node:assert/strict';
import type { After } from '../../src/core/alarm.ts';
import type { Posting, PostResult } from '../../src/core/post.ts';
import { postWebhook } from '../../src/transports/webhook-post.ts';
import { selfSigned } from './certificate.ts';
import { APP, HEADQUARTERS, type Manager, managerOf, SCARCE } from './manager.ts';
import { Receiver } from './receiver.ts';

const TYPES = [
  'ASSET_MANAGEMENT',
  'USER_MANAGEMENT',
  'USER_ASSOCIATED',
  'ASSET_COUNT',
  'SUBSCRIPTION_MANAGEMENT',
  'SUBSCRIPTION_COUNT',
];

const subscribe = (mdm: Manager, url: string, types: readonly string[] = TYPES) =>
  mdm.post('/client/config', {
    notificationUrl: url,
    notificationAuthToken: 'secret',
    notificationTypes: types,
  });

describe('notifications', () => {
  const tls = selfSigned();
  let receiver: Receiver;
  let mdm: Manager;

  beforeEach(async () => {
    receiver = await new Receiver(tls).listen();
    mdm = await managerOf({
      locations: [{ ...HEADQUARTERS, subscriptions: [{ adam_id: 77, parent_adam_id: 7 }] }],
    });
  });

  afterEach(() => receiver.close());

  it('start with TEST_NOTIFICATION over HTTPS, with the token', async () => {
    const { status, body } = await subscribe(mdm, receiver.url());
    assert.equal(status, 200);
    assert.equal(body.notificationUrl, receiver.url());
    assert.equal(body.notificationAuthToken, 'secret');
    assert.deepEqual(body.subscribedNotificationTypes, TYPES);
    const [test] = receiver.received;
    assert.equal(test?.path, '/notifications');
    assert.equal(test?.headers.authorization, 'Bearer secret');
    assert.deepEqual(
      [test?.body.notificationType, test?.body.notification, test?.body.uId],
      ['TEST_NOTIFICATION', {}, body.uId],
    );
  });

  it('are separate for the SUCCESS and the FAILURE of an event', async () => {
    await subscribe(mdm, receiver.url());
    const { eventId } = (
      await mdm.post('/assets/associate', { assets: [{ adamId: SCARCE }], serialNumbers: ['S1', 'S2'] })
    ).body;
    mdm.advance(60_000);
    const outcomes = (await receiver.until(2)).map(({ body }) => body.notification);
    const success = outcomes.find(({ result }) => result === 'SUCCESS');
    const failure = outcomes.find(({ result }) => result === 'FAILURE');
    assert.deepEqual(success, {
      assignments: [{ adamId: SCARCE, pricingParam: 'STDQ', serialNumber: 'S1' }],
      eventId,
      result: 'SUCCESS',
      type: 'ASSOCIATE',
    });
    assert.equal(failure.error.errorNumber, 9709);
    assert.deepEqual(failure.assignments, [{ adamId: SCARCE, pricingParam: 'STDQ', serialNumber: 'S2' }]);
  });

  it('contain at most 100 assignments, each with its own notificationId', async () => {
    mdm = await managerOf({ locations: [{ name: 'HQ', assets: [{ adam_id: APP, total: 500 }] }] });
    await subscribe(mdm, receiver.url());
    const serialNumbers = Array.from({ length: 250 }, (_, number) => `S${number}`);
    await mdm.post('/assets/associate', { assets: [{ adamId: APP }], serialNumbers });
    mdm.advance(60_000);
    const bodies = (await receiver.until(3)).map(({ body }) => body);
    assert.deepEqual(
      bodies.map(({ notification }) => notification.assignments.length).sort(),
      [100, 100, 50],
    );
    assert.equal(new Set(bodies.map(({ notificationId }) => notificationId)).size, 3);
  });

  it('report users, invitations, purchases and seats', async () => {
    await subscribe(mdm, receiver.url());
    await mdm.post('/users/create', { users: [{ clientUserId: 'dora' }, { clientUserId: 'anna' }] });
    mdm.advance(60_000);
    await mdm.portal({ accept_invitation: { client_user_id: 'dora' } });
    await mdm.portal({ refund: { adam_id: APP, count: 2 } });
    await mdm.portal({ buy_subscription: { adam_id: 77, renewing: 5 } });
    await mdm.post('/subscriptions/associate', { adamIds: [77], clientUserIds: ['ben'] });
    mdm.advance(60_000);
    const bodies = (await receiver.until(6)).map(({ body }) => body);
    const of = (type: string) => bodies.filter(({ notificationType }) => notificationType === type);
    const [users] = of('USER_MANAGEMENT').filter(({ notification }) => notification.result === 'SUCCESS');
    assert.equal(users.notification.type, 'CREATE');
    assert.equal(users.notification.users[0].clientUserId, 'dora');
    assert.equal(of('USER_MANAGEMENT').length, 2);
    assert.equal(of('USER_ASSOCIATED')[0].notification.associatedUsers[0].status, 'Associated');
    assert.deepEqual(of('ASSET_COUNT')[0].notification, {
      adamId: APP,
      pricingParam: 'STDQ',
      countDelta: -2,
    });
    assert.deepEqual(of('SUBSCRIPTION_COUNT')[0].notification.counts.total, { renewing: 15, expiring: 0 });
    assert.deepEqual(of('SUBSCRIPTION_MANAGEMENT')[0].notification.assignments, [
      { adamId: 77, clientUserId: 'ben', renewing: true },
    ]);
  });

  it('have the subscribed types only, and stop after the URL was removed', async () => {
    await subscribe(mdm, receiver.url(), ['ASSET_COUNT']);
    await mdm.completeEvent('/assets/associate', { assets: [{ adamId: APP }], serialNumbers: ['S1'] });
    await mdm.portal({ buy: { adam_id: APP, count: 1 } });
    await receiver.until(1);
    assert.deepEqual(
      receiver.received.map(({ body }) => body.notificationType),
      ['TEST_NOTIFICATION', 'ASSET_COUNT'],
    );
    const cleared = await mdm.post('/client/config', { notificationUrl: '', notificationAuthToken: '' });
    assert.equal('notificationUrl' in cleared.body, false);
    await mdm.portal({ buy: { adam_id: APP, count: 1 } });
    assert.equal(mdm.location.outbox.length, 0);
  });

  it('are sent when event_delay is over', async () => {
    mdm = await managerOf({ clock: { rate: 1 }, vpp: { event_delay: '20ms' }, locations: [HEADQUARTERS] });
    await subscribe(mdm, receiver.url());
    await mdm.post('/assets/associate', { assets: [{ adamId: APP }], serialNumbers: ['S1'] });
    const [received] = await receiver.until(1);
    assert.equal(received?.body.notification.result, 'SUCCESS');
  });
});

describe('notification URLs', () => {
  const tls = selfSigned();

  async function rejectionOf(url: string, scenario: object = {}): Promise<string> {
    const mdm = await managerOf(scenario as Record<string, unknown>);
    const answer = await subscribe(mdm, url);
    assert.equal(answer.status, 400, answer.text);
    assert.equal(answer.body.errorNumber, 9728);
    assert.equal('notificationUrl' in (await mdm.get('/client/config')).body, false);
    return answer.headers['x-crabapple-why'] ?? '';
  }

  it('without a listener: 9728', async () => {
    const receiver = await new Receiver(tls).listen();
    const url = receiver.url();
    receiver.close();
    assert.match(await rejectionOf(url), /ECONNREFUSED/);
  });

  it('that respond with another status than 2xx, including redirects: 9728', async () => {
    const receiver = await new Receiver(tls).listen();
    for (const status of [301, 302, 307, 401, 404, 500]) {
      receiver.answer = (response) => response.writeHead(status, { location: receiver.url() }).end();
      assert.match(await rejectionOf(receiver.url()), new RegExp(`responded with ${status}`));
    }
    assert.equal(receiver.received.length, 6);
    receiver.close();
  });

  it('that do not respond: 9728 after webhook_timeout', async () => {
    const receiver = await new Receiver(tls).listen();
    receiver.answer = () => {};
    assert.match(await rejectionOf(receiver.url(), { vpp: { webhook_timeout: '50ms' } }), /within 50 ms/);
    receiver.close();
  });

  it('whose response does not end: it is cut off, and its status counts', async () => {
    const receiver = await new Receiver(tls).listen();
    receiver.answer = (response) => {
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(16_384), () => setImmediate(more));
      };
      more();
    };
    const mdm = await managerOf();
    assert.equal((await subscribe(mdm, receiver.url())).status, 200);
    receiver.close();
  });

  it('that are not loopback: 9728, without a request', async () => {
    assert.match(await rejectionOf('https://192.0.2.1/'), /not loopback/);
    assert.match(await rejectionOf('https://[2001:db8::1]/'), /not loopback/);
  });

  it('whose certificate is not trusted: accepted on loopback, rejected with verify_tls', async () => {
    const receiver = await new Receiver(tls).listen();
    await subscribe(await managerOf(), receiver.url());
    assert.equal(receiver.received.length, 1);
    const why = await rejectionOf(receiver.url(), { webhooks: { verify_tls: true } });
    assert.match(why, /self.signed/i);
    const trusting = await managerOf({ webhooks: { verify_tls: true, ca: tls.cert } });
    assert.equal((await subscribe(trusting, receiver.url('localhost'))).status, 200);
    receiver.close();
  });

  it('of http are accepted with allow_http', async () => {
    const receiver = await new Receiver().listen();
    const mdm = await managerOf({ webhooks: { allow_http: true } });
    assert.equal((await subscribe(mdm, receiver.url())).status, 200);
    assert.equal(receiver.received.length, 1);
    receiver.close();
  });

  it('are accepted without a test with test_notification: skipped, and if the host cannot send requests', async () => {
    const unseen = await managerOf({ vpp: { test_notification: 'skipped' } });
    assert.equal((await subscribe(unseen, 'https://192.0.2.1/')).status, 200);
    const answer = await subscribe(await managerOf({ host: { post: undefined } }), 'https://192.0.2.1/');
    assert.equal(answer.status, 200);
    assert.match(answer.headers['x-crabapple-why'] ?? '', /no `post` was given/);
  });

  it('on other hosts are reached with allow_hosts', async () => {
    const receiver = await new Receiver().listen();
    const posting = (rules: Posting['rules']): Posting => ({
      url: receiver.url('localhost'),
      headers: {},
      body: '{}',
      timeout: 5000,
      rules: { allow_http: true, ...rules },
    });
    assert.equal((await postWebhook(posting({ allow_hosts: ['LOCALHOST'] }))).kind, 'response');
    const nowhere = await postWebhook({ ...posting({}), url: 'http://name.invalid/' });
    assert.equal(nowhere.kind, 'failed');
    assert.equal((await postWebhook({ ...posting({}), url: 'ftp://localhost/' })).kind, 'failed');
    assert.equal((await postWebhook({ ...posting({}), url: 'nonsense' })).kind, 'failed');
    receiver.close();
  });
});

describe('delivery', () => {
  const results: PostResult[] = [];
  let posted: Posting[];
  let alarms: { milliseconds: number; run: () => void }[];

  const after: After = (milliseconds, run) => {
    alarms.push({ milliseconds, run });
    return () => {};
  };

  const post = async (posting: Posting): Promise<PostResult> => {
    posted.push(posting);
    return results.shift() ?? { kind: 'response', status: 200 };
  };

  async function bought(vpp: object = {}): Promise<Manager> {
    posted = [];
    alarms = [];
    results.length = 0;
    const mdm = await managerOf({ vpp, host: { post, after } });
    await subscribe(mdm, 'https://mdm.example.org/');
    posted.length = 0;
    return mdm;
  }

  /** Runs the callbacks of promises. */
  const runCallbacks = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  const FAILED: PostResult = { kind: 'response', status: 500 };

  it('is tried three times, a minute apart, with the same id', async () => {
    const mdm = await bought();
    results.push(FAILED, { kind: 'failed', why: 'connection refused' }, FAILED, FAILED);
    await mdm.portal({ buy: { adam_id: APP, count: 1 } });
    await runCallbacks();
    assert.equal(posted.length, 1);
    mdm.advance(59_999);
    await runCallbacks();
    assert.equal(posted.length, 1);
    for (let time = 0; time < 4; time += 1) {
      mdm.advance(60_000);
      await runCallbacks();
    }
    assert.equal(posted.length, 3);
    assert.equal(new Set(posted.map(({ body }) => JSON.parse(body).notificationId)).size, 1);
  });

  it('is tried webhook_attempts times, webhook_retry apart', async () => {
    const mdm = await bought({ webhook_attempts: 2, webhook_retry: '5s' });
    results.push(FAILED, FAILED, FAILED);
    await mdm.portal({ buy: { adam_id: APP, count: 1 } });
    for (let time = 0; time < 3; time += 1) {
      await runCallbacks();
      mdm.advance(5000);
    }
    await runCallbacks();
    assert.equal(posted.length, 2);
  });

  it('ends after the first success', async () => {
    const mdm = await bought();
    results.push(FAILED);
    await mdm.portal({ buy: { adam_id: APP, count: 1 } });
    for (let time = 0; time < 3; time += 1) {
      await runCallbacks();
      mdm.advance(60_000);
    }
    await runCallbacks();
    assert.equal(posted.length, 2);
  });

  for (const [words, count] of [
    ['once', 1],
    ['twice', 2],
    ['dropped', 0],
  ] as const) {
    it(`with webhooks: ${words} happens ${count} times`, async () => {
      const mdm = await bought({ webhooks: words });
      await mdm.portal({ buy: { adam_id: APP, count: 1 } });
      await runCallbacks();
      assert.equal(posted.length, count);
      assert.ok(new Set(posted.map(({ body }) => JSON.parse(body).notificationId)).size <= 1);
    });
  }

  it('is delayed by webhook_delay', async () => {
    const mdm = await bought({ webhook_delay: '3s' });
    await mdm.portal({ buy: { adam_id: APP, count: 1 } });
    assert.equal(posted.length, 0);
    const [alarm] = alarms;
    assert.equal(alarm?.milliseconds, 3000);
    alarm?.run();
    assert.equal(posted.length, 1);
  });

  it('ends when the organization is removed', async () => {
    const mdm = await bought({ webhook_delay: '3s' });
    await mdm.portal({ buy: { adam_id: APP, count: 1 } });
    await mdm.apple.replaceScenario(mdm.apple.tenants.default.id, { name: 'test' });
    alarms[0]?.run();
    assert.equal(posted.length, 0);
  });

  it('waits webhook_timeout for the receiver', async () => {
    const mdm = await bought({ webhook_timeout: '2s' });
    await mdm.portal({ buy: { adam_id: APP, count: 1 } });
    assert.equal(posted[0]?.timeout, 2000);
  });
});
