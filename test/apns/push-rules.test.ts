import assert from 'node:assert/strict';
import { certificateFor, connectionWith, type Provider, providerOf, type Sending } from './provider.ts';

const UUID = '123e4567-e89b-12d3-a456-4266554400a0';

interface Rule {
  readonly title: string;
  readonly sending: Sending | ((provider: Provider) => Sending);
  readonly status: number;
  readonly reason?: string;
}

const header = (name: string, value: string): Sending => ({ headers: { [name]: value } });

const RULES: readonly Rule[] = [
  { title: 'a push without any apns header, as nanomdm sends it', sending: {}, status: 200 },
  {
    title: 'a push with every header',
    sending: ({ topic }) => ({
      headers: {
        'apns-topic': topic,
        'apns-push-type': 'mdm',
        'apns-priority': '10',
        'apns-expiration': '0',
        'apns-id': UUID,
        'apns-collapse-id': 'x',
      },
    }),
    status: 200,
  },
  { title: 'a path without token', sending: { token: '' }, status: 400, reason: 'MissingDeviceToken' },
  {
    title: 'a path with more behind the token',
    sending: { path: '/3/device/aa/bb' },
    status: 404,
    reason: 'BadPath',
  },
  { title: 'another version in the path', sending: { path: '/2/device/aa' }, status: 404, reason: 'BadPath' },
  { title: 'another path of the service', sending: { path: '/3/devices' }, status: 404, reason: 'BadPath' },
  { title: 'GET', sending: { method: 'GET' }, status: 405, reason: 'MethodNotAllowed' },
  { title: 'PUT', sending: { method: 'PUT' }, status: 405, reason: 'MethodNotAllowed' },
  {
    title: 'a repeated header field',
    sending: { repeated: ['apns-id'] },
    status: 400,
    reason: 'DuplicateHeaders',
  },
  { title: 'repeated cookies', sending: { repeated: ['cookie'] }, status: 200 },
  {
    title: 'neither certificate nor token',
    sending: { connection: connectionWith() },
    status: 403,
    reason: 'MissingProviderToken',
  },
  {
    title: 'an apns-id that is no UUID',
    sending: header('apns-id', 'x'),
    status: 400,
    reason: 'BadMessageId',
  },
  { title: 'an apns-id in upper case', sending: header('apns-id', UUID.toUpperCase()), status: 200 },
  {
    title: 'an apns-id without dashes',
    sending: header('apns-id', UUID.replaceAll('-', '')),
    status: 400,
    reason: 'BadMessageId',
  },
  ...['', 'soon', '1.5', '-1', '1e9'].map(
    (value): Rule => ({
      title: `apns-expiration ${JSON.stringify(value)}`,
      sending: header('apns-expiration', value),
      status: 400,
      reason: 'BadExpirationDate',
    }),
  ),
  { title: 'apns-expiration in the past', sending: header('apns-expiration', '1'), status: 200 },
  ...['1', '5', '10'].map(
    (value): Rule => ({
      title: `apns-priority ${value}`,
      sending: header('apns-priority', value),
      status: 200,
    }),
  ),
  ...['0', '3', '', 'high'].map(
    (value): Rule => ({
      title: `apns-priority ${JSON.stringify(value)}`,
      sending: header('apns-priority', value),
      status: 400,
      reason: 'BadPriority',
    }),
  ),
  {
    title: 'a background push with priority 10',
    sending: { headers: { 'apns-push-type': 'background', 'apns-priority': '10' } },
    status: 400,
    reason: 'BadPriority',
  },
  {
    title: 'a background push with priority 5',
    sending: { headers: { 'apns-push-type': 'background', 'apns-priority': '5' } },
    status: 200,
  },
  { title: 'a collapse id of 64 bytes', sending: header('apns-collapse-id', 'x'.repeat(64)), status: 200 },
  {
    title: 'a collapse id of 65 bytes',
    sending: header('apns-collapse-id', 'x'.repeat(65)),
    status: 400,
    reason: 'BadCollapseId',
  },
  {
    title: 'a collapse id of 33 characters and 66 bytes',
    sending: header('apns-collapse-id', 'ä'.repeat(33).replaceAll('ä', 'Ã¤')),
    status: 400,
    reason: 'BadCollapseId',
  },
  ...[
    'alert',
    'complication',
    'controls',
    'fileprovider',
    'liveactivity',
    'location',
    'mdm',
    'pushtotalk',
    'voip',
    'widgets',
  ].map(
    (value): Rule => ({
      title: `push type ${value}`,
      sending: header('apns-push-type', value),
      status: 200,
    }),
  ),
  ...['', 'MDM', 'toString', 'silent'].map(
    (value): Rule => ({
      title: `push type ${JSON.stringify(value)}`,
      sending: header('apns-push-type', value),
      status: 400,
      reason: 'InvalidPushType',
    }),
  ),
  {
    title: 'a certificate of two topics and no apns-topic',
    sending: ({ topic }) => ({
      connection: connectionWith({
        certificate: certificateFor(topic, { topics: [topic, 'com.acme.app'] }),
      }),
    }),
    status: 400,
    reason: 'MissingTopic',
  },
  { title: 'a malformed topic', sending: header('apns-topic', 'a b'), status: 400, reason: 'BadTopic' },
  {
    title: 'a topic that the certificate does not have',
    sending: header('apns-topic', 'com.acme.app'),
    status: 400,
    reason: 'BadTopic',
  },
  {
    title: 'a token that is not hexadecimal',
    sending: { token: 'z'.repeat(64) },
    status: 400,
    reason: 'BadDeviceToken',
  },
  {
    title: 'a token of half a byte too much',
    sending: { token: 'a'.repeat(65) },
    status: 400,
    reason: 'BadDeviceToken',
  },
  {
    title: 'a token of 14 bytes',
    sending: { token: 'ab'.repeat(14) },
    status: 400,
    reason: 'BadDeviceToken',
  },
  {
    title: 'a token of 101 bytes',
    sending: { token: 'ab'.repeat(101) },
    status: 400,
    reason: 'BadDeviceToken',
  },
  {
    title: 'an unknown token',
    sending: { token: 'ab'.repeat(32) },
    status: 400,
    reason: 'BadDeviceToken',
  },
  {
    title: 'a token in upper case',
    sending: (provider) => ({ token: provider.token().toUpperCase() }),
    status: 200,
  },
  { title: 'no payload', sending: { body: '' }, status: 400, reason: 'PayloadEmpty' },
  { title: 'a payload that is not JSON', sending: { body: 'mdm' }, status: 400, reason: 'PayloadEmpty' },
  { title: 'a payload that is a list', sending: { body: '[]' }, status: 400, reason: 'PayloadEmpty' },
  {
    title: 'a payload that is no UTF-8',
    sending: { body: Uint8Array.of(0xff) },
    status: 400,
    reason: 'PayloadEmpty',
  },
  { title: 'a payload of 4096 bytes', sending: { body: padded(4096) }, status: 200 },
  {
    title: 'a payload of 4097 bytes',
    sending: { body: padded(4097) },
    status: 413,
    reason: 'PayloadTooLarge',
  },
  {
    title: 'a voip payload of 5120 bytes',
    sending: { body: padded(5120), headers: { 'apns-push-type': 'voip' } },
    status: 200,
  },
  {
    title: 'a voip payload of 5121 bytes',
    sending: { body: padded(5121), headers: { 'apns-push-type': 'voip' } },
    status: 413,
    reason: 'PayloadTooLarge',
  },
  {
    title: 'a certificate of another topic',
    sending: () => ({
      connection: connectionWith({ certificate: certificateFor('com.apple.mgmt.External.x') }),
    }),
    status: 400,
    reason: 'DeviceTokenNotForTopic',
  },
];

function padded(length: number): string {
  return `{"x":"${'x'.repeat(length - 8)}"}`;
}

describe('rules of POST /3/device/<token>', () => {
  let provider: Provider;

  before(async () => {
    provider = await providerOf();
  });

  for (const { title, sending, status, reason } of RULES) {
    it(`${title}: ${status}${reason === undefined ? '' : ` ${reason}`}`, () => {
      const answer = provider.sendAtOnce(typeof sending === 'function' ? sending(provider) : sending);
      assert.deepEqual({ status: answer.status, reason: answer.reason }, { status, reason });
    });
  }
});

describe('answers to pushes', () => {
  let provider: Provider;

  before(async () => {
    provider = await providerOf();
  });

  it('are empty on success, and carry the apns-id', () => {
    const answer = provider.sendAtOnce({ headers: { 'apns-id': UUID } });
    assert.equal(answer.body, '');
    assert.deepEqual(answer.headers, { 'apns-id': UUID });
  });

  it('are JSON with the reason on error, and carry the apns-id as it came', () => {
    const id = UUID.toUpperCase();
    const answer = provider.sendAtOnce({ token: 'ab'.repeat(32), headers: { 'apns-id': id } });
    assert.equal(answer.body, '{"reason":"BadDeviceToken"}');
    assert.equal(answer.headers['content-type'], 'application/json');
    assert.equal(answer.headers['apns-id'], id);
  });

  it('carry the apns-id on errors about path and method too', () => {
    for (const sending of [{ method: 'GET' }, { path: '/3/nothing' }]) {
      assert.equal(
        provider.sendAtOnce({ ...sending, headers: { 'apns-id': UUID } }).headers['apns-id'],
        UUID,
      );
    }
  });

  it('carry a generated apns-id in upper case where none or none that fits was sent', () => {
    for (const headers of [{}, { 'apns-id': 'x' }]) {
      const id = provider.sendAtOnce({ headers }).headers['apns-id'] ?? '';
      assert.match(id, /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/);
    }
  });

  it('carry an apns-unique-id in the sandbox alone', () => {
    const sandbox = { certificate: certificateFor(provider.topic, { environments: [] }) };
    const connection = connectionWith(sandbox);
    for (const authority of ['api.sandbox.push.apple.com', 'api.development.push.apple.com:443']) {
      const answer = provider.sendAtOnce({ authority, connection });
      assert.match(answer.headers['apns-unique-id'] ?? '', /^[0-9a-f-]{36}$/);
    }
    assert.equal(provider.sendAtOnce({ connection }).headers['apns-unique-id'], undefined);
  });
});

describe('the order of checks', () => {
  /** Each breaks a rule that is looked at before those of the next. */
  const STEPS: readonly (readonly [reason: string, breaking: Sending])[] = [
    ['DuplicateHeaders', { repeated: ['apns-topic'] }],
    ['MissingProviderToken', { connection: connectionWith() }],
    ['BadMessageId', { headers: { 'apns-id': 'x' } }],
    ['BadExpirationDate', { headers: { 'apns-expiration': 'x' } }],
    ['BadPriority', { headers: { 'apns-priority': 'x' } }],
    ['BadCollapseId', { headers: { 'apns-collapse-id': 'x'.repeat(65) } }],
    ['InvalidPushType', { headers: { 'apns-push-type': 'x' } }],
    ['BadTopic', { headers: { 'apns-topic': 'com.acme.app' } }],
    ['BadDeviceToken', { token: 'xy' }],
    ['PayloadEmpty', { body: '' }],
  ];

  STEPS.forEach(([reason], step) => {
    it(`${reason} comes before all that follow`, async () => {
      const provider = await providerOf();
      const breaking = STEPS.slice(step).map(([, sending]) => sending);
      const broken: Sending = {
        ...Object.assign({}, ...breaking.reverse()),
        headers: Object.assign({}, ...breaking.map(({ headers }) => headers)),
      };
      assert.equal(provider.sendAtOnce(broken).reason, reason);
    });
  });
});
