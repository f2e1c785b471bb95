import assert from 'node:assert/strict';
import { APP, BOOK, HEADQUARTERS, type Manager, managerOf, SCARCE, USER_ONLY } from './manager.ts';

const asset = (adamId: string) => ({ adamId });

describe('events', () => {
  let mdm: Manager;

  beforeEach(async () => {
    mdm = await managerOf();
  });

  it('are PENDING until event_delay is over, and change nothing before', async () => {
    const { body } = await mdm.post('/assets/associate', { assets: [asset(APP)], serialNumbers: ['S1'] });
    assert.match(body.eventId, /^[0-9a-f-]{36}$/);
    const status = () => mdm.get('/status', { eventId: body.eventId });
    assert.equal((await status()).body.eventStatus, 'PENDING');
    assert.equal((await mdm.asset(APP)).assignedCount, 0);
    mdm.advance(999);
    assert.equal((await status()).body.eventStatus, 'PENDING');
    mdm.advance(1);
    assert.equal((await status()).body.eventStatus, 'COMPLETE');
    assert.equal((await mdm.asset(APP)).assignedCount, 1);
  });

  it('take event_delay', async () => {
    mdm = await managerOf({ vpp: { event_delay: '5m' } });
    const { body } = await mdm.post('/assets/revoke', { serialNumbers: ['S1'] });
    mdm.advance(299_999);
    assert.equal((await mdm.get('/status', { eventId: body.eventId })).body.eventStatus, 'PENDING');
    mdm.advance(1);
    assert.equal((await mdm.get('/status', { eventId: body.eventId })).body.eventStatus, 'COMPLETE');
  });

  it('stay PENDING forever, by behavior setting', async () => {
    mdm = await managerOf({ vpp: { event_outcome: 'pending' } });
    const { body } = await mdm.completeEvent('/assets/associate', {
      assets: [asset(APP)],
      serialNumbers: ['S1'],
    });
    assert.deepEqual([body.eventStatus, body.numRequested, body.numCompleted], ['PENDING', 1, 0]);
  });

  it('count pairs of asset and target: 2 assets for 4 users and 4 devices are 16, one user unknown', async () => {
    mdm = await managerOf({
      locations: [
        {
          name: 'HQ',
          assets: [{ adam_id: 1 }, { adam_id: 2 }],
          users: ['a', 'b', 'c'].map((id) => ({ client_user_id: id })),
        },
      ],
    });
    const { body } = await mdm.completeEvent('/assets/associate', {
      assets: [asset('1'), asset('2')],
      clientUserIds: ['a', 'b', 'c', 'unknown'],
      serialNumbers: ['S1', 'S2', 'S3', 'S4'],
    });
    assert.deepEqual([body.eventStatus, body.numRequested, body.numCompleted], ['FAILED', 16, 14]);
    assert.equal(body.eventType, 'ASSOCIATE');
    assert.equal(body.failures.length, 1);
    assert.equal(body.failures[0].errorNumber, 9609);
    assert.deepEqual(body.failures[0].errorInfo, { clientUserIds: ['unknown'] });
  });

  it('fail for targets without a free license, and assign the others', async () => {
    const { body } = await mdm.completeEvent('/assets/associate', {
      assets: [asset(SCARCE), asset(APP)],
      serialNumbers: ['S1', 'S2'],
    });
    assert.deepEqual([body.eventStatus, body.numRequested, body.numCompleted], ['FAILED', 4, 3]);
    assert.deepEqual(body.failures, [
      {
        errorInfo: { assets: [{ adamId: SCARCE, pricingParam: 'STDQ' }], serialNumbers: ['S2'] },
        errorMessage: 'Not enough assets available.',
        errorNumber: 9709,
      },
    ]);
    assert.equal((await mdm.asset(SCARCE)).availableCount, 0);
    assert.equal((await mdm.get('/assignments', { serialNumber: 'S2' })).body.size, 1);
  });

  it('count an assignment that exists as completed', async () => {
    const body = { assets: [asset(SCARCE)], serialNumbers: ['S1'] };
    await mdm.completeEvent('/assets/associate', body);
    const again = await mdm.completeEvent('/assets/associate', body);
    assert.deepEqual([again.body.eventStatus, again.body.numCompleted], ['COMPLETE', 1]);
    assert.equal((await mdm.asset(SCARCE)).assignedCount, 1);
  });

  it('assign to unknown serial numbers, unless unknown_serial is failed', async () => {
    const body = { assets: [asset(APP)], serialNumbers: ['NONSENSE', 'C02ACME0001'] };
    assert.equal((await mdm.completeEvent('/assets/associate', body)).body.eventStatus, 'COMPLETE');
    mdm = await managerOf({
      vpp: { unknown_serial: 'failed' },
      devices: [{ serial_number: 'C02ACME0001' }],
    });
    const { failures } = (await mdm.completeEvent('/assets/associate', body)).body;
    assert.equal(failures[0].errorNumber, 9610);
    assert.deepEqual(failures[0].errorInfo.serialNumbers, ['NONSENSE']);
    assert.equal((await mdm.asset(APP)).assignedCount, 1);
  });

  it('free the licenses that they disassociate', async () => {
    await mdm.completeEvent('/assets/associate', { assets: [asset(APP)], serialNumbers: ['S1', 'S2'] });
    const { body } = await mdm.completeEvent('/assets/disassociate', {
      assets: [asset(APP)],
      serialNumbers: ['S1'],
    });
    assert.deepEqual([body.eventType, body.eventStatus], ['DISASSOCIATE', 'COMPLETE']);
    assert.equal((await mdm.asset(APP)).assignedCount, 1);
  });

  for (const [behavior, status] of [
    ['done', 'COMPLETE'],
    ['failed', 'FAILED'],
  ] as const) {
    it(`disassociate an assignment that does not exist: ${behavior}`, async () => {
      mdm = await managerOf({ vpp: { disassociate_unassigned: behavior } });
      const body = { assets: [asset(APP)], serialNumbers: ['S1'], clientUserIds: ['anna'] };
      const answer = (await mdm.completeEvent('/assets/disassociate', body)).body;
      assert.equal(answer.eventStatus, status);
      if (status === 'FAILED') assert.equal(answer.failures[0].errorNumber, 9619);
    });
  }

  it('revoke everything except books, and count the revoked assignments', async () => {
    await mdm.completeEvent('/assets/associate', {
      assets: [asset(APP), asset(BOOK), asset(USER_ONLY)],
      clientUserIds: ['anna'],
    });
    await mdm.completeEvent('/assets/associate', { assets: [asset(APP)], serialNumbers: ['S1'] });
    const { body } = await mdm.completeEvent('/assets/revoke', {
      clientUserIds: ['anna', 'unknown'],
      serialNumbers: ['S1', 'S9'],
    });
    assert.deepEqual([body.eventType, body.numRequested, body.numCompleted], ['REVOKE', 3, 3]);
    assert.equal(body.failures[0].errorNumber, 9609);
    const { assignments } = (await mdm.get('/assignments')).body;
    assert.deepEqual(assignments, [{ adamId: BOOK, pricingParam: 'STDQ', clientUserId: 'anna' }]);
  });

  const forced: readonly [every: number, status: string, completed: number][] = [
    [1, 'FAILED', 0],
    [2, 'FAILED', 2],
    [9, 'COMPLETE', 4],
  ];
  for (const [every, status, completed] of forced) {
    it(`fail every ${every}. assignment, by behavior setting`, async () => {
      mdm = await managerOf({ vpp: { event_error: 9603, event_error_every: every } });
      const { body } = await mdm.completeEvent('/assets/associate', {
        assets: [asset(APP)],
        serialNumbers: ['S1', 'S2', 'S3', 'S4'],
      });
      assert.deepEqual([body.eventStatus, body.numCompleted], [status, completed]);
      if (status === 'FAILED') assert.equal(body.failures[0].errorNumber, 9603);
    });
  }

  it('are dropped when there are more than the behavior setting keeps', async () => {
    mdm = await managerOf({ vpp: { event_retention: 2 } });
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      ids.push((await mdm.post('/assets/revoke', { serialNumbers: ['S1'] })).body.eventId);
    }
    const numbers = [];
    for (const eventId of ids) numbers.push((await mdm.get('/status', { eventId })).body.errorNumber);
    assert.deepEqual(numbers, [9708, undefined, undefined]);
  });

  it('belong to their location', async () => {
    mdm = await managerOf({ locations: [HEADQUARTERS, { name: 'Branch' }] });
    const { eventId } = (await mdm.post('/assets/revoke', { serialNumbers: ['S1'] })).body;
    assert.equal((await mdm.other(1).get('/status', { eventId })).body.errorNumber, 9708);
  });

  it('return the error number of the behavior setting for an unknown asset', async () => {
    mdm = await managerOf({ vpp: { unknown_asset: '9709' } });
    const { body } = await mdm.post('/assets/associate', { assets: [asset('7')], serialNumbers: ['S1'] });
    assert.equal(body.errorNumber, 9709);
    assert.deepEqual(body.errorInfo, { assets: [{ adamId: '7', pricingParam: 'STDQ' }] });
  });
});

describe('users of v2', () => {
  let mdm: Manager;

  beforeEach(async () => {
    mdm = await managerOf();
  });

  const user = async (clientUserId: string) => (await mdm.get('/users', { clientUserId })).body.users.at(-1);

  it('are Registered with an invitation, and Associated once it was accepted', async () => {
    const { body } = await mdm.completeEvent('/users/create', {
      users: [{ clientUserId: 'dora', email: 'dora@example.org' }],
    });
    assert.deepEqual([body.eventType, body.numCompleted], ['CREATE', 1]);
    const registered = await user('dora');
    assert.equal(registered.status, 'Registered');
    assert.match(registered.inviteCode, /^[0-9a-f]{32}$/);
    await mdm.portal({ accept_invitation: { client_user_id: 'dora' } });
    const associated = await user('dora');
    assert.equal(associated.status, 'Associated');
    assert.ok(associated.idHash);
    assert.equal(associated.inviteCode, undefined);
  });

  it('with a Managed Apple Account are Associated immediately, without e-mail address', async () => {
    await mdm.completeEvent('/users/create', {
      users: [{ clientUserId: 'dora', email: 'dora@example.org', managedAppleId: 'dora@acme.example' }],
    });
    const { status, email, inviteCode } = await user('dora');
    assert.deepEqual([status, email, inviteCode], ['Associated', undefined, undefined]);
  });

  const failures: readonly [what: string, path: string, user: object, number: number][] = [
    ['a user that is there', '/users/create', { clientUserId: 'anna' }, 9716],
    [
      'an account that is linked',
      '/users/create',
      { clientUserId: 'x', managedAppleId: 'BEN@acme.example' },
      9641,
    ],
    [
      'a Managed Apple Account of another organization',
      '/users/create',
      { clientUserId: 'x', managedAppleId: 'x@other.example' },
      9635,
    ],
    ['an unknown user', '/users/update', { clientUserId: 'unknown' }, 9609],
    ['a retired user', '/users/update', { clientUserId: 'carl' }, 9609],
    ['a retired user', '/users/retire', { clientUserId: 'carl' }, 9609],
  ];
  for (const [what, path, given, number] of failures) {
    it(`${what} fails on ${path} with ${number}`, async () => {
      mdm = await managerOf({ managed_apple_accounts: ['ben@acme.example'] });
      const { body } = await mdm.completeEvent(path, { users: [given] });
      assert.equal(body.eventStatus, 'FAILED');
      assert.equal(body.failures[0].errorNumber, number);
    });
  }

  it('that are retired lose apps and keep books', async () => {
    await mdm.completeEvent('/assets/associate', {
      assets: [asset(APP), asset(BOOK)],
      clientUserIds: ['ben'],
    });
    await mdm.completeEvent('/users/retire', { users: [{ clientUserId: 'ben' }] });
    assert.equal((await user('ben')).status, 'Retired');
    assert.equal((await mdm.asset(APP)).assignedCount, 0);
    assert.equal((await mdm.asset(BOOK)).assignedCount, 1);
  });

  it('that were never Associated are created again as the same record', async () => {
    await mdm.completeEvent('/users/create', { users: [{ clientUserId: 'carl' }] });
    const { users } = (await mdm.get('/users', { clientUserId: 'carl' })).body;
    assert.deepEqual(
      users.map(({ status }: { status: string }) => status),
      ['Registered'],
    );
  });

  it('that were Associated are created again as a new record, or as the old one for the same Apple Account', async () => {
    await mdm.completeEvent('/users/retire', { users: [{ clientUserId: 'ben' }] });
    await mdm.completeEvent('/users/create', { users: [{ clientUserId: 'ben' }] });
    const statuses = async () =>
      (await mdm.get('/users', { clientUserId: 'ben' })).body.users.map(
        ({ status }: { status: string }) => status,
      );
    assert.deepEqual(await statuses(), ['Retired', 'Registered']);
    await mdm.completeEvent('/users/update', {
      users: [{ clientUserId: 'ben', managedAppleId: 'ben@acme.example' }],
    });
    assert.deepEqual(await statuses(), ['Associated']);
  });
});

describe('the portal', () => {
  it('buys, refunds and transfers licenses', async () => {
    const mdm = await managerOf({ locations: [HEADQUARTERS, { name: 'Branch' }] });
    await mdm.portal({ buy: { adam_id: 1001, count: 5 } });
    await mdm.portal({ refund: { adam_id: 1001, count: 2 } });
    await mdm.portal({ transfer: { adam_id: 1001, count: 3, to: 'Branch' } });
    const { totalCount, retiredCount } = await mdm.asset(APP);
    assert.deepEqual([totalCount, retiredCount], [10, 2]);
    assert.equal((await mdm.other(1).asset(APP)).totalCount, 3);
    await mdm.portal({
      buy: { adam_id: 4711, count: 1, location: 'Branch', facts: { product_type: 'Book' } },
    });
    assert.equal((await mdm.other(1).asset('4711')).productType, 'Book');
  });

  const rejections: readonly [object, RegExp][] = [
    [{ refund: { adam_id: 1001, count: 11 } }, /has 10 free licenses/],
    [{ refund: { adam_id: 9, count: 1 } }, /has 0 free licenses/],
    [{ transfer: { adam_id: 1001, count: 1, to: 'Headquarters' } }, /another location/],
    [{ transfer: { adam_id: 1001, count: 1, to: 'Nowhere' } }, /no location is named/],
    [{ accept_invitation: { client_user_id: 'ben' } }, /is Associated/],
    [{ accept_invitation: { client_user_id: 'unknown' } }, /has no user/],
    [
      { accept_invitation: { client_user_id: 'anna', apple_account: 'ben@acme.example' } },
      /is linked with ben/,
    ],
    [{ retire_user: { client_user_id: 'carl' } }, /retired already/],
    [{ buy_subscription: { adam_id: 7 } }, /has no subscription/],
    [{ revoke_content_token: { location: 'Nowhere' } }, /no location is named/],
  ];
  for (const [action, message] of rejections) {
    it(`rejects ${JSON.stringify(action)}`, async () => {
      const mdm = await managerOf();
      await assert.rejects(mdm.portal(action), message);
    });
  }

  it('reassigns the location to another MDM, and includes its mdmInfo in every response', async () => {
    const mdm = await managerOf();
    const mine = { id: 'mine', name: 'Mine', metadata: 'https://mdm.example.org' };
    await mdm.post('/client/config', { mdmInfo: mine });
    assert.deepEqual((await mdm.get('/assets')).body.mdmInfo, mine);
    await mdm.portal({ take_over: true });
    for (const path of ['/assets', '/assignments', '/users', '/client/config']) {
      assert.equal((await mdm.get(path)).body.mdmInfo.id, 'another-mdm');
    }
  });
});

describe('subscriptions', () => {
  let mdm: Manager;

  beforeEach(async () => {
    mdm = await managerOf({
      locations: [
        {
          ...HEADQUARTERS,
          subscriptions: [
            { adam_id: 77, parent_adam_id: 7, renewing: 1, expiring: 1, period_end: '2026-04-01' },
            { adam_id: 78 },
          ],
        },
      ],
    });
  });

  it('count renewing and expiring seats separately', async () => {
    const before = (await mdm.get('/subscriptions', { parentAdamId: 7 })).body;
    assert.deepEqual(before.subscriptions, [
      {
        adamId: 77,
        counts: {
          assigned: { renewing: 0, expiring: 0 },
          available: { renewing: 1, expiring: 1 },
          total: { expiring: 1, renewing: 1 },
        },
        currentPeriodEndDate: '2026-04-01',
        parentAdamId: 7,
        status: 'ACTIVE',
      },
    ]);
    const { body } = await mdm.completeEvent('/subscriptions/associate', {
      adamIds: [77],
      clientUserIds: ['ben'],
    });
    assert.equal(body.eventStatus, 'COMPLETE');
    const { assignments } = (await mdm.get('/subscriptions/assignments', { adamId: 77 })).body;
    assert.deepEqual(assignments, [{ adamId: 77, clientUserId: 'ben', renewing: true }]);
    await mdm.completeEvent('/subscriptions/disassociate', {
      adamIds: [77],
      clientUserIds: ['ben'],
      deferred: true,
    });
    const [{ counts }] = (await mdm.get('/subscriptions', { adamId: 77 })).body.subscriptions;
    assert.deepEqual(counts.assigned, { renewing: 0, expiring: 1 });
    assert.deepEqual(counts.total, { expiring: 2, renewing: 0 });
  });

  it('expire', async () => {
    await mdm.portal({ accept_invitation: { client_user_id: 'anna' } });
    const { body } = await mdm.completeEvent('/subscriptions/associate', {
      adamIds: [77],
      clientUserIds: ['ben', 'anna'],
    });
    assert.equal(body.failures[0].errorNumber, 9709);
    await mdm.portal({ buy_subscription: { adam_id: 77, renewing: 1 } });
    const again = await mdm.completeEvent('/subscriptions/associate', {
      adamIds: [77],
      clientUserIds: ['anna'],
    });
    assert.equal(again.body.eventStatus, 'COMPLETE');
  });

  it('have administrators', async () => {
    const added = await mdm.post('/subscriptions/admins/add', { adamIds: [77], clientUserIds: ['ben'] });
    assert.ok(added.body.versionId);
    const { admins } = (await mdm.get('/subscriptions/admins', { adamId: 77, includeUserState: true })).body;
    assert.deepEqual(
      admins.map(({ clientUserId, userStatus }: Record<string, string>) => [clientUserId, userStatus]),
      [['ben', 'Associated']],
    );
    await mdm.post('/subscriptions/admins/remove', { adamIds: [77], clientUserIds: ['ben'] });
    assert.deepEqual((await mdm.get('/subscriptions/admins')).body.admins, []);
  });

  it('are paged by cursor', async () => {
    mdm = await managerOf({
      vpp: { page_size: 2 },
      locations: [{ name: 'HQ', subscriptions: [1, 2, 3].map((adam_id) => ({ adam_id })) }],
    });
    const first = (await mdm.get('/subscriptions')).body;
    const second = (await mdm.get('/subscriptions', { cursor: first.nextCursor })).body;
    assert.deepEqual(
      [first, second].map(({ subscriptions }) => subscriptions.length),
      [2, 1],
    );
    assert.equal(second.nextCursor, undefined);
    const foreign = await mdm.get('/subscriptions/assignments', { cursor: first.nextCursor });
    assert.equal(foreign.body.errorNumber, 9812);
  });

  it('are enabled by default, and disabled while there are none', async () => {
    mdm = await managerOf();
    const body = { adamIds: [77], clientUserIds: ['ben'] };
    assert.equal((await mdm.post('/subscriptions/associate', body)).body.errorNumber, 9811);
    const enabled = await mdm.v2('POST', '/subscriptions/enable');
    assert.deepEqual([enabled.body.mdmInfo, enabled.body.subscriptionManagement], [null, 'ENABLED']);
    assert.equal((await mdm.post('/subscriptions/associate', body)).body.errorNumber, 9813);
    const disabled = await mdm.v2('POST', '/subscriptions/disable');
    assert.equal(disabled.body.subscriptionManagement, 'DISABLED');
  });
});
