import assert from 'node:assert/strict';
import type { Connection } from '../../src/core/connection.ts';
import { connectionWith, NOW, type Provider, providerOf, type Sending } from './provider.ts';
import { type Claims, type KeyPair, keyPair, providerToken, publicPem } from './signing.ts';

const APP = 'com.acme.app';
const TOKEN = 'cd'.repeat(32);
const SECONDS = NOW / 1000;
const TEAM = 'TEAM000001';
const KEYS = {
  team: { key_id: 'KEYTEAM001' },
  sandbox: { key_id: 'KEYSANDBOX', environment: 'sandbox' },
  one: { key_id: 'KEYONE0001', topics: [APP], related_key: 'KEYTWO0001' },
  two: { key_id: 'KEYTWO0001', topics: [APP] },
  three: { key_id: 'KEYTHREE01', topics: ['com.acme.other'] },
  other: { key_id: 'KEYOTHER01', team_id: 'TEAM000002' },
} as const;

type KeyName = keyof typeof KEYS;

describe('provider tokens', () => {
  let pair: KeyPair;
  let pem: string;
  let provider: Provider;
  let connection: Connection;

  before(async () => {
    pair = await keyPair();
    pem = await publicPem(pair);
  });

  beforeEach(async () => {
    provider = await withBehavior({});
  });

  async function withBehavior(apns: object): Promise<Provider> {
    connection = connectionWith();
    return providerOf({
      devices: [{ serial_number: 'C02ACME0001', push_token: TOKEN, push_topic: APP }],
      push: { team_id: TEAM, keys: Object.values(KEYS).map((key) => ({ ...key, public_key: pem })) },
      behavior: { apns },
    });
  }

  const signed = (claims: Partial<Claims> & { readonly pair?: KeyPair } = {}): Promise<string> =>
    providerToken(claims.pair ?? pair, {
      kid: claims.kid ?? KEYS.team.key_id,
      iss: claims.iss ?? TEAM,
      iat: 'iat' in claims ? claims.iat : SECONDS,
    });

  const tokenOf = (key: KeyName, iat: number = SECONDS): Promise<string> =>
    signed({ kid: KEYS[key].key_id, iss: key === 'other' ? KEYS.other.team_id : TEAM, iat });

  const pushWith = (token: string, sending: Sending = {}) =>
    provider.send({
      connection,
      token: TOKEN,
      body: '{"aps":{}}',
      ...sending,
      headers: { authorization: `bearer ${token}`, 'apns-topic': APP, ...sending.headers },
    });

  async function assertReason(
    token: string,
    reason: string | undefined,
    sending: Sending = {},
  ): Promise<void> {
    const answer = await pushWith(token, sending);
    assert.equal(answer.reason, reason, answer.why);
  }

  it('are cached by the organization that verified them, and not by another simulated Apple', async () => {
    const [one, other] = [provider, await withBehavior({})];
    const token = await signed();
    const isChecked = async (checking: Provider): Promise<boolean> => {
      const outcome = checking.handle({
        connection: connectionWith(),
        token: TOKEN,
        body: '{"aps":{}}',
        headers: { authorization: `bearer ${token}`, 'apns-topic': APP },
      });
      const response = await outcome;
      assert.ok(response.kind === 'response' && response.status === 200);
      return outcome instanceof Promise;
    };
    // A signature is checked asynchronously, and a token that was checked before is accepted synchronously.
    assert.deepEqual(
      [await isChecked(one), await isChecked(one), await isChecked(other), await isChecked(one)],
      [true, false, true, false],
    );
  });

  it('push to an app that the team has', async () => {
    assert.equal((await pushWith(await signed())).status, 200);
  });

  it('are verified once: the second push with the same token returns its response synchronously', async () => {
    const token = await signed();
    await pushWith(token);
    const headers = { authorization: `bearer ${token}`, 'apns-topic': APP };
    assert.equal(provider.sendAtOnce({ connection, token: TOKEN, body: '{}', headers }).status, 200);
  });

  for (const authorization of [undefined, '', 'bearer', 'bearer ', 'Basic abc', 'bearerabc.def.ghi']) {
    it(`are missing with authorization ${JSON.stringify(authorization)}`, async () => {
      const headers: Record<string, string> = { 'apns-topic': APP };
      if (authorization !== undefined) headers.authorization = authorization;
      const answer = await provider.send({ connection, token: TOKEN, headers });
      assert.deepEqual([answer.status, answer.reason], [403, 'MissingProviderToken']);
    });
  }

  it('are introduced by `bearer` in any case', async () => {
    const token = await signed();
    assert.equal((await pushWith(token, { headers: { authorization: `Bearer ${token}` } })).status, 200);
  });

  const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  const MALFORMED: Readonly<Record<string, string>> = {
    'one part': 'abc',
    'four parts': 'a.b.c.d',
    'parts that are not base64': '!.!.!',
    'a header that is no JSON': `${Buffer.from('x').toString('base64url')}.e30.x`,
    'a header that is a list': `${encoded([])}.${encoded({})}.x`,
    'no kid': `${encoded({ alg: 'ES256' })}.${encoded({ iss: TEAM, iat: SECONDS })}.x`,
    'no iss': `${encoded({ alg: 'ES256', kid: KEYS.team.key_id })}.${encoded({ iat: SECONDS })}.x`,
    'no iat': `${encoded({ alg: 'ES256', kid: KEYS.team.key_id })}.${encoded({ iss: TEAM })}.x`,
    'an iat in text': `${encoded({ alg: 'ES256', kid: KEYS.team.key_id })}.${encoded({ iss: TEAM, iat: String(SECONDS) })}.x`,
    'another algorithm': `${encoded({ alg: 'HS256', kid: KEYS.team.key_id })}.${encoded({ iss: TEAM, iat: SECONDS })}.x`,
    'the algorithm none': `${encoded({ alg: 'none', kid: KEYS.team.key_id })}.${encoded({ iss: TEAM, iat: SECONDS })}.`,
    'a signature that is none': `${encoded({ alg: 'ES256', kid: KEYS.team.key_id })}.${encoded({ iss: TEAM, iat: SECONDS })}.AAAA`,
  };

  for (const [title, token] of Object.entries(MALFORMED)) {
    it(`are invalid with ${title}`, () => assertReason(token, 'InvalidProviderToken'));
  }

  it('are invalid with an unknown key, and the closest key is named', async () => {
    const answer = await pushWith(await signed({ kid: 'KEYTEAM002' }));
    assert.equal(answer.reason, 'InvalidProviderToken');
    assert.match(answer.why ?? '', /did you mean KEYTEAM001/);
  });

  it('are invalid with the team of another', async () => {
    await assertReason(await signed({ iss: 'TEAM000009' }), 'InvalidProviderToken');
  });

  it('are invalid when signed with another private key', async () => {
    await assertReason(await signed({ pair: await keyPair() }), 'InvalidProviderToken');
  });

  it('are invalid once their key is revoked', async () => {
    const token = await signed();
    await assertReason(token, undefined);
    provider.organization.apply({ type: 'push_key_revoked', keyId: KEYS.team.key_id });
    await assertReason(token, 'InvalidProviderToken');
  });

  it('may have an iat with a fraction', async () =>
    assertReason(await signed({ iat: SECONDS + 0.25 }), undefined));

  it('live for an hour to the second, on the virtual clock', async () => {
    const token = await signed();
    provider.advance(3_600_000);
    await assertReason(token, undefined);
    provider.advance(1000);
    await assertReason(token, 'ExpiredProviderToken');
  });

  it('may be an hour ahead and no more', async () => {
    await assertReason(await signed({ iat: SECONDS + 3600 }), undefined);
    connection = connectionWith();
    await assertReason(await signed({ iat: SECONDS + 3601 }), 'InvalidProviderToken');
  });

  it('change every 20 minutes at most on one connection, which is of no use until then', async () => {
    const [first, second] = [await signed(), await signed({ iat: SECONDS + 1 })];
    await assertReason(first, undefined);
    await assertReason(second, 'TooManyProviderTokenUpdates');
    await assertReason(first, 'TooManyProviderTokenUpdates');
    provider.advance(20 * 60_000);
    await assertReason(second, undefined);
    connection = connectionWith();
    await assertReason(first, undefined);
  });

  it('are bound to the team that pushed first on a connection', async () => {
    await assertReason(await signed(), undefined);
    await assertReason(await tokenOf('other'), 'InvalidProviderToken');
    connection = connectionWith();
    await assertReason(await tokenOf('other'), undefined);
  });

  it('of related keys share a connection, each with its own token', async () => {
    await assertReason(await tokenOf('one'), undefined);
    await assertReason(await tokenOf('two'), undefined);
    await assertReason(await tokenOf('three'), 'UnrelatedKeyIdInToken', {
      headers: { 'apns-topic': 'com.acme.other' },
    });
    await assertReason(await signed(), 'UnrelatedKeyIdInToken');
  });

  it('are for the environment of their key', async () => {
    await assertReason(await tokenOf('sandbox'), 'BadEnvironmentKeyInToken');
    await assertReason(await tokenOf('sandbox'), undefined, { authority: 'api.sandbox.push.apple.com' });
  });

  it('of a topic-specific key are for its topics and what is behind them', async () => {
    const token = await tokenOf('one');
    await assertReason(token, undefined, { headers: { 'apns-topic': `${APP}.voip` } });
    await assertReason(token, 'TopicDisallowed', { headers: { 'apns-topic': 'com.acme.other' } });
  });

  it('need an apns-topic', async () => {
    const token = await signed();
    const headers = { authorization: `bearer ${token}` };
    assert.equal((await provider.send({ connection, token: TOKEN, headers })).reason, 'MissingTopic');
  });

  it('do not push for device management', async () => {
    const token = await signed();
    await assertReason(token, 'TopicDisallowed', { headers: { 'apns-push-type': 'mdm' } });
    await assertReason(token, 'TopicDisallowed', { headers: { 'apns-topic': provider.topic } });
  });

  it('let the client have all of its streams, once', async () => {
    const token = await signed();
    const first = await pushWith(token);
    assert.deepEqual(first.response.effects, [{ kind: 'stream_limit', maxConcurrentStreams: 1000 }]);
    assert.equal((await pushWith(token)).response.effects, undefined);
  });

  it('are not looked at where a certificate is', async () => {
    const headers = { authorization: 'bearer x' };
    provider = await providerOf();
    assert.equal(provider.sendAtOnce({ headers }).status, 200);
  });

  const BEHAVIOR: readonly {
    readonly behavior: Readonly<Record<string, unknown>>;
    readonly claims?: Partial<Claims>;
    readonly sending?: Sending;
    readonly reason: string | undefined;
  }[] = [
    { behavior: { iat: 'integer' }, claims: { iat: SECONDS + 0.25 }, reason: 'InvalidProviderToken' },
    { behavior: { token_max_age: '10m' }, claims: { iat: SECONDS - 601 }, reason: 'ExpiredProviderToken' },
    {
      behavior: { future_iat: 'ExpiredProviderToken' },
      claims: { iat: SECONDS + 3601 },
      reason: 'ExpiredProviderToken',
    },
    {
      behavior: { environment_key_reason: 'BadEnvironmentKeyIdInToken' },
      claims: { kid: KEYS.sandbox.key_id },
      reason: 'BadEnvironmentKeyIdInToken',
    },
    {
      behavior: { topic_outside_key: 'InvalidProviderToken' },
      claims: { kid: KEYS.three.key_id },
      reason: 'InvalidProviderToken',
    },
    {
      behavior: { mdm_with_token: 'MissingProviderToken' },
      sending: { headers: { 'apns-push-type': 'mdm' } },
      reason: 'MissingProviderToken',
    },
    {
      behavior: { mdm_with_token: 'accept' },
      sending: { headers: { 'apns-push-type': 'mdm' } },
      reason: undefined,
    },
  ];

  for (const { behavior, claims, sending, reason } of BEHAVIOR) {
    it(`with ${JSON.stringify(behavior)}: ${reason ?? 'accepted'}`, async () => {
      provider = await withBehavior(behavior);
      await assertReason(await signed(claims), reason, sending);
    });
  }

  it('with token_update_interval 0 may change at any time', async () => {
    provider = await withBehavior({ token_update_interval: '0s' });
    await assertReason(await signed(), undefined);
    await assertReason(await signed({ iat: SECONDS + 1 }), undefined);
  });

  it('with streams_drop_after_rejection cost the streams until the next good push', async () => {
    provider = await withBehavior({ streams_drop_after_rejection: true });
    const token = await signed();
    await pushWith(token);
    const limit = (maxConcurrentStreams: number) => [{ kind: 'stream_limit', maxConcurrentStreams }];
    const rejected = await pushWith(token, { body: '' });
    assert.deepEqual(rejected.response.effects, limit(1));
    assert.equal((await pushWith(token, { body: '' })).response.effects, undefined);
    assert.deepEqual((await pushWith(token)).response.effects, limit(1000));
  });

  it('with errors_per_connection end the connection after so many rejections', async () => {
    provider = await withBehavior({ errors_per_connection: 2 });
    const token = await signed();
    await pushWith(token);
    for (const expected of [
      undefined,
      undefined,
      [{ kind: 'goaway', reason: 'TooManyRequests' }],
      undefined,
    ]) {
      assert.deepEqual((await pushWith(token, { body: '' })).response.effects, expected);
    }
  });
});

describe('a provider token of a client with wall-clock time under a virtual clock', () => {
  it('gets the clock offset of its issue time and expires on the virtual clock', async () => {
    const pair = await keyPair();
    const provider = await providerOf({
      client_time: 'wall',
      devices: [{ serial_number: 'C02ACME0001', push_token: TOKEN, push_topic: APP }],
      push: { team_id: TEAM, keys: [{ ...KEYS.team, public_key: await publicPem(pair) }] },
    });
    const token = await providerToken(pair, {
      kid: KEYS.team.key_id,
      iss: TEAM,
      iat: Math.floor(provider.organization.runtime.clock.wallNow() / 1000),
    });
    const push = () =>
      provider.send({
        connection: connectionWith(),
        token: TOKEN,
        headers: { authorization: `bearer ${token}`, 'apns-topic': APP },
      });
    assert.equal((await push()).status, 200);
    provider.advance(3_602_000);
    assert.equal((await push()).reason, 'ExpiredProviderToken');
  });
});
