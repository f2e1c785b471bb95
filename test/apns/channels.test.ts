import assert from 'node:assert/strict';
import { certificateFor, connectionWith, type Provider, providerOf, type Sending } from './provider.ts';

const APP = 'com.acme.app';
const UUID = '123e4567-e89b-12d3-a456-4266554400a0';
const CHANNELS = `/1/apps/${APP}/channels`;
const CONNECTION = connectionWith({ certificate: certificateFor(APP, { environments: [] }) });

const creating = (body: unknown = { 'message-storage-policy': 1, 'push-type': 'LiveActivity' }): Sending => ({
  path: CHANNELS,
  body: JSON.stringify(body),
  connection: CONNECTION,
});

describe('broadcast channels', () => {
  let provider: Provider;
  let channel: string;

  const send = (sending: Sending) => provider.sendAtOnce({ connection: CONNECTION, body: '', ...sending });
  const naming = (id = channel, headers: Readonly<Record<string, string>> = {}) => ({
    'apns-channel-id': id,
    ...headers,
  });
  const broadcasting = (headers: Readonly<Record<string, string>> = {}): Sending => ({
    path: `/4/broadcasts/apps/${APP}`,
    body: '{"aps":{"event":"update"}}',
    headers: naming(channel, { 'apns-push-type': 'liveactivity', 'apns-expiration': '0', ...headers }),
  });

  beforeEach(async () => {
    provider = await providerOf();
    channel = send(creating()).headers['apns-channel-id']!;
  });

  it('are created: 201 with their id in base64 and no body', () => {
    const answer = send({ ...creating(), headers: { 'apns-request-id': UUID } });
    assert.equal(answer.status, 201);
    assert.equal(answer.body, '');
    assert.match(answer.headers['apns-channel-id'] ?? '', /^[A-Za-z0-9+/]{22}==$/);
    assert.equal(answer.headers['apns-request-id'], UUID);
  });

  it('are read', () => {
    const answer = send({ method: 'GET', path: CHANNELS, headers: naming() });
    assert.deepEqual(JSON.parse(answer.body), { 'message-storage-policy': 1, 'push-type': 'LiveActivity' });
  });

  it('are listed', () => {
    const second = send(creating()).headers['apns-channel-id']!;
    const answer = send({ method: 'GET', path: `/1/apps/${APP}/all-channels` });
    assert.deepEqual(JSON.parse(answer.body), { channels: [channel, second] });
  });

  it('are deleted: 204, and then not registered', () => {
    const deleting = { method: 'DELETE', path: CHANNELS, headers: naming() };
    assert.equal(send(deleting).status, 204);
    assert.equal(send(deleting).reason, 'ChannelNotRegistered');
  });

  it('are of one environment', () => {
    const reading = { method: 'GET', path: CHANNELS, headers: naming() };
    const authority = 'api-manage-broadcast.sandbox.push.apple.com:2195';
    assert.equal(send({ ...reading, authority }).reason, 'ChannelNotRegistered');
  });

  it('take broadcasts', () => {
    assert.equal(send(broadcasting()).status, 200);
    const home = { environment: 'production', app: APP } as const;
    assert.equal(provider.organization.push.channels.find(home, channel)?.broadcasts, 1);
  });

  it('that store nothing take no other apns-expiration than 0', () => {
    channel = send(creating({ 'message-storage-policy': 0, 'push-type': 'LiveActivity' })).headers[
      'apns-channel-id'
    ]!;
    assert.equal(send(broadcasting()).status, 200);
    assert.equal(send(broadcasting({ 'apns-expiration': '9999999999' })).reason, 'BadExpirationDate');
  });

  const REJECTIONS: readonly (readonly [
    title: string,
    sending: () => Sending,
    status: number,
    reason: string,
  ])[] = [
    ['a body that is no JSON', () => ({ ...creating(), body: 'x' }), 400, 'BadRequestPayload'],
    ['a body that is a list', () => creating([]), 400, 'BadRequestPayload'],
    ['no storage policy', () => creating({ 'push-type': 'LiveActivity' }), 400, 'BadRequestParams'],
    ['storage policy 2', () => creating({ 'message-storage-policy': 2 }), 400, 'BadRequestParams'],
    ['no push type', () => creating({ 'message-storage-policy': 1 }), 400, 'MissingPushType'],
    [
      'another push type',
      () => creating({ 'message-storage-policy': 1, 'push-type': 'Alert' }),
      400,
      'InvalidPushType',
    ],
    [
      'an apns-request-id that is no UUID',
      () => ({ ...creating(), headers: { 'apns-request-id': 'x' } }),
      400,
      'BadMessageId',
    ],
    ['no channel id', () => ({ method: 'GET', path: CHANNELS }), 400, 'MissingChannelId'],
    [
      'a channel id that is not base64',
      () => ({ method: 'GET', path: CHANNELS, headers: naming('?') }),
      400,
      'BadChannelId',
    ],
    [
      'a channel that is not there',
      () => ({ method: 'GET', path: CHANNELS, headers: naming('AAAA') }),
      400,
      'ChannelNotRegistered',
    ],
    [
      'a topic with a suffix',
      () => ({ method: 'GET', path: `/1/apps/${APP}.voip/all-channels` }),
      400,
      'TopicDisallowed',
    ],
    [
      'another app',
      () => ({ method: 'GET', path: '/1/apps/com.acme.other/all-channels' }),
      403,
      'TopicMismatch',
    ],
    ['no credentials', () => ({ ...creating(), connection: connectionWith() }), 403, 'MissingProviderToken'],
    ['another path', () => ({ path: `/1/apps/${APP}/nothing` }), 404, 'BadPath'],
    ['another method', () => ({ method: 'PUT', path: CHANNELS }), 405, 'MethodNotAllowed'],
    [
      'a broadcast without push type',
      () => ({ ...broadcasting(), headers: naming() }),
      400,
      'MissingPushType',
    ],
    [
      'a broadcast of another push type',
      () => broadcasting({ 'apns-push-type': 'alert' }),
      400,
      'InvalidPushType',
    ],
    ['a broadcast of another priority', () => broadcasting({ 'apns-priority': '3' }), 400, 'BadPriority'],
    [
      'a broadcast with a malformed expiration',
      () => broadcasting({ 'apns-expiration': 'x' }),
      400,
      'BadExpirationDate',
    ],
    ['a broadcast without payload', () => ({ ...broadcasting(), body: '' }), 400, 'PayloadEmpty'],
    [
      'a broadcast of 5121 bytes',
      () => ({ ...broadcasting(), body: 'x'.repeat(5121) }),
      413,
      'PayloadTooLarge',
    ],
  ];

  for (const [title, sending, status, reason] of REJECTIONS) {
    it(`reject ${title}: ${status} ${reason}`, () => {
      const answer = send(sending());
      assert.deepEqual([answer.status, answer.reason], [status, reason]);
      assert.match(answer.headers['apns-request-id'] ?? '', /^[0-9A-F-]{36}$/);
    });
  }

  it('are as many as behavior allows', async () => {
    provider = await providerOf({ behavior: { apns: { channels_per_app: 1 } } });
    assert.equal(send(creating()).status, 201);
    assert.equal(send(creating()).reason, 'CannotCreateChannelConfig');
  });

  it('are not there where behavior closes them', async () => {
    provider = await providerOf({ behavior: { apns: { broadcast: false } } });
    assert.equal(send(creating()).reason, 'FeatureNotEnabled');
  });
});
