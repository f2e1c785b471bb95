import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { VPP_ERRORS } from '../../src/services/vpp/errors.ts';
import {
  type Answer,
  APP,
  BOOK,
  HEADQUARTERS,
  type Manager,
  managerOf,
  type RequestOptions,
  USER_ONLY,
} from './manager.ts';

function assertRejected(answer: Answer, number: number, status: number): void {
  assert.equal(answer.body?.errorNumber, number, answer.text);
  assert.equal(answer.status, status, answer.text);
  assert.equal(typeof answer.body.errorMessage, 'string');
  assert.ok(answer.headers['x-crabapple-why'], 'an error without reason');
}

const many = (count: number): string[] => Array.from({ length: count }, (_, number) => `S${number}`);

const asset = [{ adamId: APP }];
const assetsOf = (count: number) => many(count).map((adamId) => ({ adamId }));
const usersOf = (count: number) => many(count).map((clientUserId) => ({ clientUserId }));
const mdmInfo = { id: 'id', name: 'name', metadata: 'meta' };

describe('immediate errors of v2', () => {
  let mdm: Manager;

  before(async () => {
    mdm = await managerOf({
      locations: [{ ...HEADQUARTERS, subscriptions: [{ adam_id: 77, renewing: 2 }] }],
    });
  });

  type Row = readonly [what: string, path: string, body: unknown, number: number];
  const rows: readonly Row[] = [
    ['no assets', '/assets/associate', { serialNumbers: ['S1'] }, 9718],
    ['assets of null', '/assets/associate', { assets: null, serialNumbers: ['S1'] }, 9718],
    ['no targets to assign to', '/assets/associate', { assets: asset }, 9719],
    ['empty lists', '/assets/associate', { assets: asset, clientUserIds: [], serialNumbers: [] }, 9719],
    ['26 assets', '/assets/associate', { assets: assetsOf(26), serialNumbers: ['S1'] }, 9700],
    ['1001 users', '/assets/associate', { assets: asset, clientUserIds: many(1001) }, 9701],
    ['1001 serial numbers', '/assets/associate', { assets: asset, serialNumbers: many(1001) }, 9702],
    ['an asset twice', '/assets/associate', { assets: [...asset, ...asset], serialNumbers: ['S1'] }, 9703],
    ['a user twice', '/assets/associate', { assets: asset, clientUserIds: ['anna', 'anna'] }, 9704],
    ['a serial number twice', '/assets/disassociate', { assets: asset, serialNumbers: ['S1', 'S1'] }, 9705],
    [
      'a book taken back',
      '/assets/disassociate',
      { assets: [{ adamId: BOOK }], clientUserIds: ['anna'] },
      9706,
    ],
    [
      'an app for users on a device',
      '/assets/associate',
      { assets: [{ adamId: USER_ONLY }], serialNumbers: ['S1'] },
      9707,
    ],
    [
      'an asset that is not owned',
      '/assets/associate',
      { assets: [{ adamId: '999' }], serialNumbers: ['S1'] },
      9602,
    ],
    ['an asset without id', '/assets/associate', { assets: [{}], serialNumbers: ['S1'] }, 9602],
    [
      'an id that is a number',
      '/assets/associate',
      { assets: [{ adamId: 1001 }], serialNumbers: ['S1'] },
      9602,
    ],
    [
      'another price',
      '/assets/associate',
      { assets: [{ adamId: APP, pricingParam: 'FREE' }], serialNumbers: ['S1'] },
      9602,
    ],
    ['an empty serial number', '/assets/associate', { assets: asset, serialNumbers: [''] }, 9602],
    ['serial numbers in text', '/assets/associate', { assets: asset, serialNumbers: 'S1' }, 9602],
    ['serial numbers with null', '/assets/associate', { assets: asset, serialNumbers: [null] }, 9602],
    ['101 users to revoke', '/assets/revoke', { clientUserIds: many(101) }, 9701],
    ['101 serial numbers to revoke', '/assets/revoke', { serialNumbers: many(101) }, 9702],
    ['a user to revoke twice', '/assets/revoke', { clientUserIds: ['a', 'a'] }, 9704],
    ['a serial number to revoke twice', '/assets/revoke', { serialNumbers: ['a', 'a'] }, 9705],
    ['no targets to revoke', '/assets/revoke', {}, 9719],
    ['no users', '/users/create', {}, 9720],
    ['101 users', '/users/create', { users: usersOf(101) }, 9714],
    ['a user twice', '/users/update', { users: [...usersOf(1), ...usersOf(1)] }, 9715],
    ['an e-mail address that is none', '/users/create', { users: [{ clientUserId: 'x', email: 'x' }] }, 9717],
    ['a user without id', '/users/retire', { users: [{ email: 'a@example.org' }] }, 9602],
    [
      'a managed account that is a number',
      '/users/create',
      { users: [{ clientUserId: 'x', managedAppleId: 7 }] },
      9602,
    ],
    ['an mdmInfo without name', '/client/config', { mdmInfo: { id: 'a', metadata: 'b' } }, 9723],
    ['an mdmInfo with an empty id', '/client/config', { mdmInfo: { ...mdmInfo, id: '' } }, 9723],
    ['an id of 101', '/client/config', { mdmInfo: { ...mdmInfo, id: 'x'.repeat(101) } }, 9724],
    ['a name of 101', '/client/config', { mdmInfo: { ...mdmInfo, name: 'x'.repeat(101) } }, 9725],
    ['metadata of 256', '/client/config', { mdmInfo: { ...mdmInfo, metadata: 'x'.repeat(256) } }, 9713],
    ['a URL without token', '/client/config', { notificationUrl: 'https://localhost/' }, 9710],
    ['a token without URL', '/client/config', { notificationAuthToken: 'x' }, 9710],
    [
      'a long URL',
      '/client/config',
      { notificationUrl: `https://localhost/${'x'.repeat(500)}`, notificationAuthToken: 'x' },
      9711,
    ],
    [
      'a long token',
      '/client/config',
      { notificationUrl: 'https://localhost/', notificationAuthToken: 'x'.repeat(513) },
      9711,
    ],
    [
      'a URL of http',
      '/client/config',
      { notificationUrl: 'http://localhost/', notificationAuthToken: 'x' },
      9712,
    ],
    [
      'a URL with query',
      '/client/config',
      { notificationUrl: 'https://localhost/?a=b', notificationAuthToken: 'x' },
      9712,
    ],
    [
      'a URL that is none',
      '/client/config',
      { notificationUrl: 'localhost', notificationAuthToken: 'x' },
      9712,
    ],
    ['a notification type that is none', '/client/config', { notificationTypes: ['ASSETS'] }, 9602],
    [
      '26 subscriptions',
      '/subscriptions/associate',
      { adamIds: many(26).map((_, n) => n + 1), clientUserIds: ['ben'] },
      9816,
    ],
    ['an unknown subscription', '/subscriptions/associate', { adamIds: [5], clientUserIds: ['ben'] }, 9813],
    [
      'a subscriber who is not linked',
      '/subscriptions/associate',
      { adamIds: [77], clientUserIds: ['anna'] },
      9814,
    ],
    [
      'a seat that is not held',
      '/subscriptions/disassociate',
      { adamIds: [77], clientUserIds: ['ben'] },
      9815,
    ],
    ['subscriptions disabled while there are', '/subscriptions/disable', undefined, 9818],
    ['a list', '/assets/associate', [], 9602],
    ['an empty object where a body is due', '/users/create', { users: 'anna' }, 9602],
  ];
  for (const [what, path, body, number] of rows) {
    it(`${what}: ${number} on ${path}`, async () => {
      assertRejected(await mdm.post(path, body), number, 400);
    });
  }

  const raw: readonly [string, RequestOptions, string][] = [
    ['no body', { raw: '' }, 'no body'],
    ['half a body', { raw: '{"assets": [' }, 'JSON'],
    ['a body that is not UTF-8', { raw: '\ud800' }, ''],
  ];
  for (const [what, options] of raw) {
    it(`${what}: 9602`, async () => {
      assertRejected(await mdm.v2('POST', '/assets/associate', options), 9602, 400);
    });
  }

  const queries: readonly [path: string, query: Record<string, string>, number: number][] = [
    ['/assets', { pageIndex: '1' }, 9650],
    ['/assets', { pageIndex: '-1' }, 9650],
    ['/assets', { pageIndex: 'first' }, 9602],
    ['/assets', { revocable: 'perhaps' }, 9602],
    ['/assignments', { pageIndex: '9' }, 9650],
    ['/assignments', { sinceVersionId: 'nonsense' }, 9721],
    ['/assignments', { sinceVersionId: '00000000-0000-0000-0000-000000000001' }, 9721],
    ['/users', { pageIndex: '1' }, 9650],
    ['/users', { sinceVersionId: 'nonsense' }, 9721],
    ['/status', { eventId: '00000000-0000-0000-0000-000000000001' }, 9708],
    ['/status', {}, 9708],
    ['/subscriptions', { cursor: 'nonsense' }, 9812],
    ['/subscriptions', { adamId: 'x' }, 9813],
    ['/subscriptions/assignments', { cursor: 'MDo=' }, 9812],
    ['/subscriptions/admins', { cursor: '===' }, 9812],
  ];
  for (const [path, query, number] of queries) {
    it(`GET ${path} with ${JSON.stringify(query)}: ${number}`, async () => {
      assertRejected(await mdm.get(path, query), number, 400);
    });
  }

  it('9721 for a versionId of another data set', async () => {
    const { versionId } = (await mdm.get('/users')).body;
    assertRejected(await mdm.get('/assignments', { sinceVersionId: versionId }), 9721, 400);
  });

  it('9726 for a wrong method', async () => {
    const answer = await mdm.v2('PUT', '/assets');
    assertRejected(answer, 9726, 405);
    assert.equal(answer.headers.allow, 'GET');
  });

  it('9727 for another content type, unless the behavior setting disables the check', async () => {
    const options: RequestOptions = {
      body: { assets: asset, serialNumbers: ['S1'] },
      headers: { 'content-type': 'text/plain' },
    };
    assertRejected(await mdm.v2('POST', '/assets/associate', options), 9727, 415);
    const lenient = await managerOf({ vpp: { content_type: 'unchecked' } });
    assert.equal((await lenient.v2('POST', '/assets/associate', options)).status, 200);
  });

  it('no error for a body without Content-Type, as Fleet sends it', async () => {
    const { port } = mdm.listening.address() as AddressInfo;
    const { status } = await fetch(`http://127.0.0.1:${port}/mdm/v2/assets/associate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${mdm.sToken}` },
      body: new TextEncoder().encode(JSON.stringify({ assets: asset, serialNumbers: ['S1'] })),
    });
    assert.equal(status, 200);
  });

  it('no error for a GET that has a body', async () => {
    const { status } = await mdm.v2('GET', '/assets', { body: { assets: 7 } });
    assert.equal(status, 200);
  });

  it('no error for undocumented members, unless unknown_members is rejected', async () => {
    const body = { assets: [{ adamId: APP, availableCount: 3 }], serialNumbers: ['S1'], surprise: true };
    assert.equal((await mdm.post('/assets/associate', body)).status, 200);
    const strict = await managerOf({ vpp: { unknown_members: 'rejected' } });
    assertRejected(await strict.post('/assets/associate', body), 9602, 400);
  });

  it('do not change the state', async () => {
    mdm.advance(60_000);
    const before = (await mdm.get('/assignments')).body.versionId;
    await mdm.post('/assets/associate', {
      assets: [{ adamId: APP }, { adamId: '999' }],
      serialNumbers: ['S1'],
    });
    mdm.advance(60_000);
    assert.equal((await mdm.get('/assignments')).body.versionId, before);
  });
});

describe('limits', () => {
  const keys: readonly [key: string, path: string, body: (count: number) => object, number: number][] = [
    ['max_assets', '/assets/associate', (n) => ({ assets: assetsOf(n), serialNumbers: ['S'] }), 9700],
    ['max_client_user_ids', '/assets/associate', (n) => ({ assets: asset, clientUserIds: many(n) }), 9701],
    ['max_serial_numbers', '/assets/associate', (n) => ({ assets: asset, serialNumbers: many(n) }), 9702],
    ['max_revoke_client_user_ids', '/assets/revoke', (n) => ({ clientUserIds: many(n) }), 9701],
    ['max_revoke_serial_numbers', '/assets/revoke', (n) => ({ serialNumbers: many(n) }), 9702],
    ['max_users', '/users/create', (n) => ({ users: usersOf(n) }), 9714],
    ['max_mdm_id_length', '/client/config', (n) => ({ mdmInfo: { ...mdmInfo, id: 'x'.repeat(n) } }), 9724],
    [
      'max_mdm_name_length',
      '/client/config',
      (n) => ({ mdmInfo: { ...mdmInfo, name: 'x'.repeat(n) } }),
      9725,
    ],
    [
      'max_mdm_metadata_length',
      '/client/config',
      (n) => ({ mdmInfo: { ...mdmInfo, metadata: 'x'.repeat(n) } }),
      9713,
    ],
    [
      'max_subscriptions',
      '/subscriptions/associate',
      (n) => ({ adamIds: many(n).map((_, i) => i + 1), clientUserIds: ['ben'] }),
      9816,
    ],
    [
      'max_subscription_client_user_ids',
      '/subscriptions/associate',
      (n) => ({ adamIds: [77], clientUserIds: many(n) }),
      9701,
    ],
  ];
  for (const [key, path, body, number] of keys) {
    it(`${key} returns the error from the limit on`, async () => {
      const mdm = await managerOf({
        vpp: { [key]: 3 },
        locations: [{ ...HEADQUARTERS, subscriptions: [{ adam_id: 77 }] }],
      });
      assert.notEqual((await mdm.post(path, body(3))).body.errorNumber, number);
      assertRejected(await mdm.post(path, body(4)), number, 400);
    });
  }

  it('max_notification_length limits the URL and the token', async () => {
    const mdm = await managerOf({ vpp: { max_notification_length: 30, test_notification: 'skipped' } });
    const config = (token: number) =>
      mdm.post('/client/config', {
        notificationUrl: 'https://localhost/',
        notificationAuthToken: 'x'.repeat(token),
      });
    assert.equal((await config(30)).status, 200);
    assertRejected(await config(31), 9711, 400);
  });

  it('subscription_limit_error selects the error number that the other page documents', async () => {
    const mdm = await managerOf({
      vpp: { max_subscriptions: 1, subscription_limit_error: '9805' },
      locations: [{ ...HEADQUARTERS, subscriptions: [{ adam_id: 77 }] }],
    });
    const body = { adamIds: [77, 78], clientUserIds: ['ben'] };
    assertRejected(await mdm.post('/subscriptions/associate', body), 9805, 400);
  });

  const requests = async (vpp: object, count: number) => {
    const mdm = await managerOf({ vpp, locations: [HEADQUARTERS, { name: 'Branch' }] });
    const statuses: number[] = [];
    for (let number = 0; number < count; number += 1) statuses.push((await mdm.get('/users')).status);
    return { mdm, statuses };
  };

  it('rate_limit enforces max_requests_per_second, separately for each content token', async () => {
    const { mdm, statuses } = await requests({ rate_limit: 'enforced', max_requests_per_second: 3 }, 3);
    assert.deepEqual(statuses, [200, 200, 200]);
    const rejected = await mdm.get('/users');
    assertRejected(rejected, 9646, 429);
    assert.equal(rejected.headers['retry-after'], '30');
    assert.equal((await mdm.other(1).get('/users')).status, 200);
    const { clock } = mdm.apple.tenants.default.organization.runtime;
    clock.set({ at: clock.now() + 1000 });
    assert.equal((await mdm.get('/users')).status, 200);
  });

  it('rate_limit is off by default: any number of requests within a second is accepted', async () => {
    const { statuses } = await requests({ max_requests_per_second: 3 }, 20);
    assert.ok(statuses.every((status) => status === 200));
  });
});

describe('content tokens on v2', () => {
  const bearer = (authorization: string | undefined): RequestOptions => ({ headers: { authorization } });

  it('that are unknown: 200 with 9622, as seen live', async () => {
    const mdm = await managerOf();
    const unknown = Buffer.from('{"token":"unknown"}').toString('base64');
    for (const text of [unknown, 'nonsense', Buffer.from('{"expDate":"x"}').toString('base64')]) {
      assertRejected(await mdm.v2('GET', '/assets', bearer(`Bearer ${text}`)), 9622, 200);
    }
  });

  it('that are unknown: 401 with 9622, by behavior', async () => {
    const mdm = await managerOf({ vpp: { invalid_token: '401' } });
    assertRejected(await mdm.v2('GET', '/assets', bearer('Bearer nonsense')), 9622, 401);
  });

  it('that are missing or of another kind: 9722', async () => {
    const mdm = await managerOf();
    for (const header of [undefined, 'Basic abc', mdm.sToken, 'Bearer']) {
      assertRejected(await mdm.v2('GET', '/assets', bearer(header)), 9722, 401);
    }
  });

  it('are found by their token, in each encoding', async () => {
    const mdm = await managerOf();
    const { token, expDate } = JSON.parse(Buffer.from(mdm.sToken, 'base64').toString('utf8'));
    const again = Buffer.from(JSON.stringify({ orgName: 'x', expDate, token }, null, 2)).toString('base64');
    assert.equal((await mdm.v2('GET', '/assets', bearer(`Bearer ${again}`))).status, 200);
  });

  const states: readonly [
    state: string,
    token: object,
    method: string,
    path: string,
    number: number,
    status: number,
  ][] = [
    ['expired', { expires: '2026-03-01' }, 'GET', '/assets', 9621, 401],
    ['revoked', { status: 'revoked' }, 'GET', '/assets', 9625, 401],
    ['read-only', { rights: 'read_only' }, 'POST', '/assets/associate', 9637, 403],
    ['legacy', { kind: 'legacy' }, 'GET', '/assets', 9647, 403],
  ];
  for (const [state, token, method, path, number, status] of states) {
    it(`that are ${state}: ${number}`, async () => {
      const mdm = await managerOf({ locations: [{ name: 'HQ', content_tokens: [token] }] });
      assertRejected(await mdm.v2(method, path), number, status);
    });
  }

  it('that are read-only may read', async () => {
    const mdm = await managerOf({ locations: [{ name: 'HQ', content_tokens: [{ rights: 'read_only' }] }] });
    for (const path of ['/assets', '/assignments', '/users']) assert.equal((await mdm.get(path)).status, 200);
  });

  it('that are expired or revoked: 200, by behavior', async () => {
    for (const [token, number] of [
      [{ expires: '2026-03-01' }, 9621],
      [{ status: 'revoked' }, 9625],
    ] as const) {
      const mdm = await managerOf({
        vpp: { token_status: '200' },
        locations: [{ name: 'HQ', content_tokens: [token] }],
      });
      assertRejected(await mdm.get('/assets'), number, 200);
    }
  });

  it('expire, are revoked and renewed in the portal', async () => {
    const mdm = await managerOf();
    await mdm.portal({ expire_content_token: true });
    assertRejected(await mdm.get('/assets'), 9621, 401);
    await mdm.portal({ renew_content_token: true });
    assert.equal((await mdm.get('/assets')).status, 200);
    await mdm.portal({ revoke_content_token: { location: 'Headquarters' } });
    assertRejected(await mdm.get('/assets'), 9625, 401);
  });

  for (const revokes of [false, true]) {
    it(`that are renewed ${revokes ? 'revoke' : 'keep'} the previous ones`, async () => {
      const mdm = await managerOf({ vpp: { new_token_revokes: revokes } });
      const former = mdm.sToken;
      await mdm.portal({ renew_content_token: true });
      assert.notEqual(mdm.sToken, former);
      assert.equal((await mdm.get('/assets')).status, 200);
      const answer = await mdm.v2('GET', '/assets', bearer(`Bearer ${former}`));
      assert.equal(answer.status, revokes ? 401 : 200);
    });
  }
});

describe('every number of the error table', () => {
  for (const [name, row] of Object.entries(VPP_ERRORS)) {
    it(`${name} can be returned by a fault`, async () => {
      const number = Number(name);
      const answer = Number.isNaN(number) ? name : number;
      const mdm = await managerOf({ faults: [{ on: 'vpp.assets', answer }] });
      const given = await mdm.get('/assets');
      assert.equal(given.status, row.status);
      if (!Number.isNaN(number)) assert.equal(given.body.errorNumber, number);
      const waits = row.status >= 500 || row.status === 429;
      assert.equal(given.headers['retry-after'], waits ? '30' : undefined);
    });
  }

  it('has the Retry-After of the fault, or none if the behavior setting omits it', async () => {
    const mdm = await managerOf({
      vpp: { retry_after: '0s' },
      faults: [
        { on: 'vpp.assets', answer: 9603, retry_after: '5s' },
        { on: 'vpp.users', answer: 9603 },
      ],
    });
    assert.equal((await mdm.get('/assets')).headers['retry-after'], '5');
    assert.equal((await mdm.get('/users')).headers['retry-after'], undefined);
  });
});
