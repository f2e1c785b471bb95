import assert from 'node:assert/strict';
import { type Mdm, mdmOf, type Signing } from './mdm.ts';
import { SCENARIO } from './operations.ts';
import { assertRejected } from './rejected.ts';

const MINUTE = 60;

/** What the client's own clock says. */
const wallSeconds = (): number => Math.floor(Date.now() / 1000);

/** The same timestamp and nonce, so the same signature: what an eavesdropper would send again. */
const stamp = (seconds: number): Partial<Signing> => ({ timestamp: seconds, nonce: `n${seconds}` });

describe('oauth_timestamp and oauth_nonce', () => {
  it('are good five minutes either way', async () => {
    const mdm = await mdmOf(SCENARIO);
    const now = wallSeconds();
    for (const offset of [-4 * MINUTE, 0, 4 * MINUTE]) {
      assert.equal((await mdm.openSession(stamp(now + offset))).status, 200, String(offset));
    }
    for (const offset of [-6 * MINUTE, 6 * MINUTE]) {
      assertRejected(await mdm.openSession(stamp(now + offset)), 'OAUTH_UNAUTHORIZED', /300 s are allowed/);
    }
  });

  it('are good once', async () => {
    const mdm = await mdmOf(SCENARIO);
    const stamped = stamp(wallSeconds());
    assert.equal((await mdm.openSession(stamped)).status, 200);
    assertRejected(await mdm.openSession(stamped), 'OAUTH_UNAUTHORIZED', /was used before/);
  });

  it('count by the timestamp: the nonce of another second is another nonce', async () => {
    const mdm = await mdmOf(SCENARIO);
    const now = wallSeconds();
    assert.equal((await mdm.openSession({ timestamp: now, nonce: '1' })).status, 200);
    assert.equal((await mdm.openSession({ timestamp: now - 1, nonce: '1' })).status, 200);
  });

  it('are not used up by a request with a wrong signature', async () => {
    const mdm = await mdmOf(SCENARIO);
    const stamped = stamp(wallSeconds());
    const wrong = await mdm.openSession({ ...stamped, url: 'http://elsewhere.test/session' });
    assert.equal(wrong.status, 401);
    assert.equal((await mdm.openSession(stamped)).status, 200);
  });

  it('belong to one MDM server: another may use the same nonce', async () => {
    const mdm = await mdmOf(SCENARIO);
    const stamped = stamp(wallSeconds());
    assert.equal((await mdm.openSession(stamped)).status, 200);
    assert.equal((await mdm.other(1).openSession(stamped)).status, 200);
  });

  it('may be used again after a reset', async () => {
    const mdm = await mdmOf(SCENARIO);
    const stamped = stamp(wallSeconds());
    assert.equal((await mdm.openSession(stamped)).status, 200);
    mdm.apple.reset(mdm.apple.tenants.default);
    assert.equal((await mdm.openSession(stamped)).status, 200);
  });
});

/** A client that signs by its own clock works under whatever virtual time the scenario has. */
const CLOCKS: readonly (readonly [what: string, clock: unknown])[] = [
  ['real time', undefined],
  ['a start in March', '2026-03-02T08:00:00Z'],
  ['a start long ago', '1999-12-31T23:59:59Z'],
  ['a start in the future', '2040-01-01'],
  ['a frozen clock', { at: '2026-03-02T08:00:00Z', rate: 0 }],
  ['a clock a thousand times as fast', { at: '2026-03-02T08:00:00Z', rate: 1000 }],
  ['a clock at half speed', { rate: 0.5 }],
];

describe('honest clients under a virtual clock', () => {
  for (const [what, clock] of CLOCKS) {
    it(`${what}: a request that is stamped now is taken, one of ten minutes ago is not`, async () => {
      const mdm = await mdmOf({ ...SCENARIO, clock });
      assert.equal((await mdm.openSession()).status, 200);
      const old = await mdm.openSession({ timestamp: wallSeconds() - 10 * MINUTE });
      assertRejected(old, 'OAUTH_UNAUTHORIZED', /behind our time/);
    });
  }

  it('are taken after the clock was advanced', async () => {
    const mdm = await mdmOf(SCENARIO);
    assert.equal((await mdm.openSession()).status, 200);
    mdm.advance(8 * 24 * 60 * 60_000);
    assert.equal((await mdm.openSession()).status, 200);
  });

  it('advancing ages a stamp that was received before', async () => {
    const mdm = await mdmOf({ ...SCENARIO, behavior: { dep: { oauth_nonce: 'any' } } });
    const stamped = stamp(wallSeconds());
    assert.equal((await mdm.openSession(stamped)).status, 200);
    mdm.advance(4 * MINUTE * 1000);
    assert.equal((await mdm.openSession(stamped)).status, 200);
    mdm.advance(2 * MINUTE * 1000);
    assertRejected(await mdm.openSession(stamped), 'OAUTH_UNAUTHORIZED', /36\d s behind/);
  });

  it('with `client_time: virtual` a stamp is read as virtual time', async () => {
    const mdm = await mdmOf({ ...SCENARIO, client_time: 'virtual' });
    const virtual = Date.parse(SCENARIO.clock.at) / 1000;
    assert.equal((await mdm.openSession({ timestamp: virtual + 4 * MINUTE })).status, 200);
    assertRejected(
      await mdm.openSession({ timestamp: virtual - 6 * MINUTE }),
      'OAUTH_UNAUTHORIZED',
      /360 s behind our time/,
    );
    assertRejected(await mdm.openSession(), 'OAUTH_UNAUTHORIZED', /ahead of our time/);
  });
});

describe('the life of a session', () => {
  const IDLE = 10 * 60_000;

  it('ends after ten idle minutes, and slides with use', async () => {
    const mdm = await mdmOf(SCENARIO);
    const session = await mdm.session();
    for (let use = 0; use < 5; use += 1) {
      mdm.advance(IDLE - 1000);
      assert.equal((await mdm.send('GET', '/account', { session })).status, 200);
    }
    mdm.advance(IDLE);
    assertRejected(await mdm.send('GET', '/account', { session }), 'UNAUTHORIZED', /idle/);
    assertRejected(await mdm.send('GET', '/account', { session }), 'UNAUTHORIZED', /idle/);
  });

  it('survives the three minutes that micromdm assumes', async () => {
    const mdm = await mdmOf(SCENARIO);
    const session = await mdm.session();
    mdm.advance(3 * 60_000);
    assert.equal((await mdm.send('GET', '/account', { session })).status, 200);
  });

  it('is not prolonged by a rejected request', async () => {
    const mdm = await mdmOf(SCENARIO);
    const session = await mdm.session();
    mdm.advance(6 * 60_000);
    await mdm.send('GET', '/account', { session, headers: { 'user-agent': '' } });
    mdm.advance(6 * 60_000);
    assertRejected(await mdm.send('GET', '/account', { session }), 'UNAUTHORIZED');
  });

  it('ends with a reset, as with a restart of Apple: FORBIDDEN', async () => {
    const mdm = await mdmOf(SCENARIO);
    await mdm.session();
    const session = await mdm.session();
    mdm.apple.reset(mdm.apple.tenants.default);
    assertRejected(await mdm.send('GET', '/account', { session }), 'FORBIDDEN', /before a reset/);
  });

  it('belongs to one MDM server', async () => {
    const mdm = await mdmOf(SCENARIO);
    const first = await mdm.call('GET', '/account');
    const second = await mdm.other(1).call('GET', '/account');
    assert.equal(first.body.server_name, 'Acme MDM');
    assert.equal(second.body.server_name, 'Second MDM');
  });

  it('of another organization is FORBIDDEN', async () => {
    const mdm = await mdmOf(SCENARIO);
    const elsewhere = await mdmOf({ ...SCENARIO, name: 'elsewhere' });
    const session = await elsewhere.session();
    assertRejected(await mdm.send('GET', '/account', { session }), 'FORBIDDEN');
  });
});

describe('the status of a server token', () => {
  const sent = (mdm: Mdm, former: Mdm['credentials']) => mdm.openSession({ credentials: former });

  it('replaced in the portal: token_rejected, the new one is good, sessions end', async () => {
    const mdm = await mdmOf(SCENARIO);
    const former = mdm.credentials;
    const session = await mdm.session();
    await mdm.portal({ renew_server_token: true });
    assertRejected(await sent(mdm, former), 'token_rejected', /was replaced in the portal/);
    assertRejected(await mdm.send('GET', '/account', { session }), 'UNAUTHORIZED');
    assert.equal(mdm.credentials.consumer_key, former.consumer_key);
    assert.notEqual(mdm.credentials.access_token, former.access_token);
    assert.equal((await mdm.openSession()).status, 200);
  });

  it('revoked in the portal: token_rejected', async () => {
    const mdm = await mdmOf(SCENARIO);
    await mdm.portal({ revoke_server_token: true });
    assertRejected(await mdm.openSession(), 'token_rejected', /was revoked/);
    assert.equal((await mdm.other(1).openSession()).status, 200);
  });

  it('expired by an action or by the clock: token_expiredForbidden', async () => {
    const byAction = await mdmOf(SCENARIO);
    await byAction.portal({ expire_server_token: { mdm_server: 'Acme MDM' } });
    assertRejected(await byAction.openSession(), 'token_expiredForbidden', /expired at 2026-03-02T08:00:00/);
    const byClock = await mdmOf(SCENARIO);
    byClock.advance(2 * 365 * 24 * 60 * 60_000);
    assertRejected(await byClock.openSession(), 'token_expiredForbidden', /expired at 20/);
  });

  it('is not revealed to a client with a wrong access token: OAUTH_UNAUTHORIZED', async () => {
    const mdm = await mdmOf(SCENARIO);
    await mdm.portal({ revoke_server_token: true });
    const guessed = { ...mdm.credentials, access_token: 'AT_guess' };
    assertRejected(await sent(mdm, guessed), 'OAUTH_UNAUTHORIZED');
  });

  it('keeps the credentials of depsim through any number of renewals', async () => {
    const mdm = await mdmOf({ ...SCENARIO, depsim: true });
    const simulator = (await mdm.send('GET', '/token')).body;
    for (let renewal = 0; renewal < 20; renewal += 1) await mdm.portal({ renew_server_token: true });
    assert.equal((await sent(mdm, simulator)).status, 200);
  });

  it('is another one after each renewal', async () => {
    const mdm = await mdmOf(SCENARIO);
    const tokens = new Set([mdm.credentials.access_token]);
    for (let renewal = 0; renewal < 40; renewal += 1) {
      await mdm.portal({ renew_server_token: true });
      tokens.add(mdm.credentials.access_token);
    }
    assert.equal(tokens.size, 41);
  });

  it('is again that of the scenario after a reset, however often it was renewed', async () => {
    const mdm = await mdmOf({ ...SCENARIO, behavior: { dep: { renewal_consumer_key: 'new' } } });
    const first = mdm.credentials.access_token;
    for (let renewal = 0; renewal < 20; renewal += 1) await mdm.portal({ renew_server_token: true });
    mdm.apple.reset(mdm.apple.tenants.default);
    assert.equal(mdm.credentials.access_token, first);
    assert.equal((await mdm.openSession()).status, 200);
  });
});

describe('expired terms', () => {
  it('are T_C_NOT_SIGNED on /session too, until they are accepted', async () => {
    const mdm = await mdmOf({ ...SCENARIO, organization: { terms: 'expired' } });
    assertRejected(await mdm.openSession(), 'T_C_NOT_SIGNED');
    await mdm.portal({ accept_terms: true });
    assert.equal((await mdm.openSession()).status, 200);
  });

  it('are not revealed to a client with a wrong signature: OAUTH_UNAUTHORIZED', async () => {
    const mdm = await mdmOf({ ...SCENARIO, organization: { terms: 'expired' } });
    assertRejected(await mdm.openSession({ url: 'http://elsewhere.test/session' }), 'OAUTH_UNAUTHORIZED');
  });
});
