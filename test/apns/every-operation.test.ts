import assert from 'node:assert/strict';
import { apns } from '../../src/services/apns/index.ts';
import { certificateFor, connectionWith, NOW, type Provider, providerOf, type Sending } from './provider.ts';
import { type KeyPair, keyPair, providerToken, publicPem } from './signing.ts';

const APP = 'com.acme.app';
const TEAM = 'TEAM000001';
const KEY = 'KEYTEAM001';
const SANDBOX_KEY = 'KEYSANDBOX';
const OTHER_KEY = 'KEYOTHER01';
const TOKEN = 'cd'.repeat(32);

const CHANNELS = `/1/apps/${APP}/channels`;
const LIVE = { 'apns-push-type': 'liveactivity' };

/** A good request of each operation that provider certificates and tokens open; the channel is put in. */
const GOOD: Readonly<Record<string, (channel: string) => Sending>> = {
  'apns.push': () => ({ token: TOKEN, body: '{"aps":{}}', headers: { 'apns-topic': APP } }),
  'apns.broadcast': (channel) => ({
    path: `/4/broadcasts/apps/${APP}`,
    body: '{"aps":{}}',
    headers: { ...LIVE, 'apns-channel-id': channel },
  }),
  'apns.channels.create': () => ({
    path: CHANNELS,
    body: '{"message-storage-policy":1,"push-type":"LiveActivity"}',
  }),
  'apns.channels.read': (channel) => ({
    method: 'GET',
    path: CHANNELS,
    headers: { 'apns-channel-id': channel },
  }),
  'apns.channels.delete': (channel) => ({
    method: 'DELETE',
    path: CHANNELS,
    headers: { 'apns-channel-id': channel },
  }),
  'apns.channels.list': () => ({ method: 'GET', path: `/1/apps/${APP}/all-channels` }),
};

const seconds = NOW / 1000;

describe('every operation that a provider calls', () => {
  let pair: KeyPair;
  let pem: string;

  before(async () => {
    pair = await keyPair();
    pem = await publicPem(pair);
  });

  const setUp = async (behavior: object = {}): Promise<{ provider: Provider; channel: string }> => {
    const provider = await providerOf({
      devices: [{ serial_number: 'C02ACME0001', push_token: TOKEN, push_topic: APP }],
      push: {
        team_id: TEAM,
        keys: [
          { key_id: KEY, public_key: pem },
          { key_id: SANDBOX_KEY, environment: 'sandbox', public_key: pem },
          { key_id: OTHER_KEY, public_key: pem },
        ],
      },
      behavior: { apns: behavior },
    });
    const connection = connectionWith({ certificate: certificateFor(APP) });
    const created = provider.sendAtOnce({ connection, ...GOOD['apns.channels.create']!('') });
    return { provider, channel: created.headers['apns-channel-id']! };
  };

  const signed = (kid = KEY, iat = seconds): Promise<string> => providerToken(pair, { kid, iss: TEAM, iat });

  const bearer = (token: string) => ({ authorization: `bearer ${token}` });

  it('is tried here', () => {
    const names = apns.operations.filter(({ scheme }) => scheme.name === 'provider').map(({ name }) => name);
    assert.deepEqual(names.sort(), Object.keys(GOOD).sort());
  });

  for (const [name, good] of Object.entries(GOOD)) {
    const withHeaders = (sending: Sending, headers: Readonly<Record<string, string>>): Sending => ({
      ...sending,
      headers: { ...sending.headers, ...headers },
    });

    it(`${name} succeeds with a certificate`, async () => {
      const { provider, channel } = await setUp();
      const connection = connectionWith({ certificate: certificateFor(APP) });
      const { status, why } = provider.sendAtOnce({ connection, ...good(channel) });
      assert.ok(status < 300, why);
    });

    it(`${name} succeeds with a provider token`, async () => {
      const { provider, channel } = await setUp();
      const connection = connectionWith();
      const { status, why } = await provider.send(
        withHeaders({ connection, ...good(channel) }, bearer(await signed())),
      );
      assert.ok(status < 300, why);
    });

    it(`${name} rejects certificates of another issuer and of another environment`, async () => {
      for (const [reason, certificate] of [
        ['BadCertificate', { issuedHere: false }],
        ['BadCertificateEnvironment', { environments: ['sandbox'] }],
      ] as const) {
        const { provider, channel } = await setUp({ bad_certificate: 'response' });
        const connection = connectionWith({ certificate: certificateFor(APP, certificate) });
        const answer = provider.sendAtOnce({ connection, ...good(channel) });
        assert.deepEqual([answer.status, answer.reason], [403, reason]);
      }
    });

    it(`${name} rejects requests with missing, wrong or repeated credentials`, async () => {
      const { provider, channel } = await setUp();
      const sending = good(channel);
      const reasonOf = async (change: Sending) =>
        (await provider.send({ connection: connectionWith(), ...sending, ...change })).reason;
      assert.equal(await reasonOf({}), 'MissingProviderToken');
      assert.equal(await reasonOf({ repeated: ['authorization'] }), 'DuplicateHeaders');
      for (const [reason, token] of [
        ['InvalidProviderToken', 'a.b.c'],
        ['ExpiredProviderToken', await signed(KEY, seconds - 3601)],
        ['BadEnvironmentKeyInToken', await signed(SANDBOX_KEY)],
      ] as const) {
        assert.equal(await reasonOf(withHeaders(sending, bearer(token))), reason);
      }
    });

    it(`${name} applies the provider token rules of one connection`, async () => {
      const { provider, channel } = await setUp({ environment_key_reason: 'BadEnvironmentKeyIdInToken' });
      const connection = connectionWith();
      const reasonOf = async (token: string) =>
        (await provider.send(withHeaders({ connection, ...good(channel) }, bearer(token)))).reason;
      await reasonOf(await signed());
      assert.equal(await reasonOf(await signed(SANDBOX_KEY)), 'BadEnvironmentKeyIdInToken');
      assert.equal(await reasonOf(await signed(OTHER_KEY)), 'UnrelatedKeyIdInToken');
      assert.equal(await reasonOf(await signed(KEY, seconds - 1)), 'TooManyProviderTokenUpdates');
    });

    if (name === 'apns.push') continue;

    it(`${name} rejects an app of another provider, a topic with a suffix, and an app that may not broadcast`, async () => {
      const { provider, channel } = await setUp();
      const connection = connectionWith({ certificate: certificateFor(APP) });
      const sending = good(channel);
      const reasonFor = (app: string, headers = {}) =>
        provider.sendAtOnce({
          connection,
          ...withHeaders(sending, headers),
          path: sending.path?.replace(APP, app) ?? '',
        }).reason;
      assert.equal(reasonFor('com.acme.other'), 'TopicMismatch');
      assert.equal(reasonFor(`${APP}.voip`), 'TopicDisallowed');
      assert.equal(reasonFor(APP, { 'apns-request-id': 'x' }), 'BadMessageId');
      const without = (await providerOf({ behavior: { apns: { broadcast: false } } })).sendAtOnce({
        connection,
        ...sending,
      });
      assert.equal(without.reason, 'FeatureNotEnabled');
    });

    if (name === 'apns.channels.create' || name === 'apns.channels.list') continue;

    it(`${name} rejects a missing, malformed or unknown channel id`, async () => {
      const { provider, channel } = await setUp();
      const connection = connectionWith({ certificate: certificateFor(APP) });
      for (const [reason, id] of [
        ['MissingChannelId', ''],
        ['BadChannelId', '?'],
        ['ChannelNotRegistered', 'AAAA'],
      ] as const) {
        const sending = withHeaders({ connection, ...good(channel) }, { 'apns-channel-id': id });
        assert.equal(provider.sendAtOnce(sending).reason, reason);
      }
    });
  }

  it('apns.events returns ServiceUnavailable when a fault says so', async () => {
    const { provider } = await setUp();
    const fault = { on: 'apns.events', answer: { error: 'ServiceUnavailable' } };
    await provider.apple.tenants.default.faults.add(fault);
    const query = `token=${TOKEN}`;
    const answer = provider.sendAtOnce({ method: 'GET', path: '/events', query, body: '' });
    assert.equal(answer.reason, 'ServiceUnavailable');
  });
});
