import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { type CurlRequest, curl, curlClient } from './curl-client.ts';
import type { ProviderKey, PushSettings } from './push-client.ts';
import { APP_DEVICE, APP_TOPIC, PUSH_SCENARIO, PushFixture } from './push-fixture.ts';

const ID = '0D8B4A6E-1C2F-4D3A-9B5E-6F7A8B9C0D1E';

/** Path and body of a push to a device. */
interface Target {
  readonly path: string;
  readonly body: string;
}

const REJECTED_REQUESTS: Readonly<Record<string, (to: Target) => CurlRequest & { readonly status: number }>> =
  {
    'MissingDeviceToken for a path without a device token': (to) => ({
      ...to,
      path: '/3/device/',
      status: 400,
    }),
    'BadPath for an unknown path': (to) => ({ ...to, path: '/3/devices', status: 404 }),
    'MethodNotAllowed for PUT': (to) => ({ ...to, method: 'PUT', status: 405 }),
    'DuplicateHeaders for a repeated header field': (to) => ({
      ...to,
      headers: ['apns-priority: 5', 'apns-priority: 10'],
      status: 400,
    }),
    'BadExpirationDate for an apns-expiration that is not a number': (to) => ({
      ...to,
      headers: ['apns-expiration: tomorrow'],
      status: 400,
    }),
    'BadMessageId for an apns-id that is not a UUID': (to) => ({
      ...to,
      headers: ['apns-id: 1'],
      status: 400,
    }),
    'BadPriority for a background push with priority 10': (to) => ({
      ...to,
      headers: ['apns-push-type: background', 'apns-priority: 10'],
      status: 400,
    }),
    'BadCollapseId for more than 64 bytes in fewer characters': (to) => ({
      ...to,
      headers: [`apns-collapse-id: ${'é'.repeat(33)}`],
      status: 400,
    }),
    'InvalidPushType for an unknown push type': (to) => ({
      ...to,
      headers: ['apns-push-type: bell'],
      status: 400,
    }),
    'BadTopic for a malformed topic': (to) => ({ ...to, headers: ['apns-topic: a b'], status: 400 }),
    'PayloadEmpty for an empty body': (to) => ({ ...to, body: '', status: 400 }),
    'PayloadEmpty for a body that is not JSON': (to) => ({ ...to, body: 'hello', status: 400 }),
    'PayloadTooLarge for 4097 bytes': (to) => ({ ...to, body: `{"mdm":"${'x'.repeat(4087)}"}`, status: 413 }),
  };

async function bearer({ file, keyId, teamId }: ProviderKey, issued = Date.now(), more = {}): Promise<string> {
  const token = await new SignJWT({ iss: teamId, iat: Math.floor(issued / 1000), ...more })
    .setProtectedHeader({ alg: 'ES256', kid: keyId })
    .sign(createPrivateKey(readFileSync(file)));
  return `authorization: bearer ${token}`;
}

describe(`${curlClient.name}, pushing with requests that no client library sends`, () => {
  let fixture: PushFixture;
  let settings: PushSettings;
  let mac: Target;
  let phone: Target;

  before(async function () {
    this.timeout(300_000);
    await curlClient.prepare(this);
    fixture = await PushFixture.start();
    settings = await fixture.withCertificate();
    const { push_token, push_magic } = await fixture.device();
    mac = { path: `/3/device/${push_token}`, body: JSON.stringify({ mdm: push_magic }) };
    const token = (await fixture.device(APP_DEVICE)).push_token;
    phone = { path: `/3/device/${token}`, body: '{"aps":{"alert":"x"}}' };
  });

  after(async () => {
    if (fixture !== undefined) assert.equal(await fixture.stop(), 0);
  });

  for (const [title, requestTo] of Object.entries(REJECTED_REQUESTS)) {
    it(`receives ${title}`, async () => {
      const { status, ...request } = requestTo(mac);
      const [response] = await curl(settings, [request]);
      assert.deepEqual([response?.status, response?.reason], [status, title.split(' ')[0]]);
      assert.equal(response?.headers['content-type'], 'application/json');
      assert.ok(response?.apnsId);
    });
  }

  it('keeps its connection after a rejected push, and receives every apns-id', async () => {
    const good = { ...mac, headers: [`apns-id: ${ID}`] };
    const bad = { ...good, path: `/3/device/${'ab'.repeat(32)}` };
    const responses = await curl(settings, [good, bad, good]);
    assert.deepEqual(
      responses.map(({ status, apnsId, newConnections, httpVersion }) => [
        status,
        apnsId,
        newConnections,
        httpVersion,
      ]),
      [
        [200, ID, 1, '2'],
        [400, ID, 0, '2'],
        [200, ID, 0, '2'],
      ],
    );
  });

  it('receives apns-unique-id from the sandbox only', async () => {
    const sandbox = await fixture.withCertificate({ environment: 'both' });
    const [one] = await curl(sandbox, [mac], 'https://api.sandbox.push.apple.com');
    const [other] = await curl(sandbox, [mac]);
    assert.deepEqual([one?.status, other?.status], [200, 200]);
    assert.match(one?.headers['apns-unique-id'] ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(other?.headers['apns-unique-id'], undefined);
  });

  it('receives MissingProviderToken without a certificate or token', async () => {
    const [response] = await curl(fixture.settings, [{ ...phone, headers: [`apns-topic: ${APP_TOPIC}`] }]);
    assert.deepEqual([response?.status, response?.reason], [403, 'MissingProviderToken']);
  });

  it('receives InvalidProviderToken or ExpiredProviderToken for a bad provider token', async () => {
    const { providerKey: key } = await fixture.withKey();
    const HOUR = 3_600_000;
    const lines: readonly (readonly [string, string])[] = [
      ['InvalidProviderToken', 'authorization: bearer a.b.c'],
      ['InvalidProviderToken', await bearer(key!, Date.now(), { iat: 'now' })],
      ['InvalidProviderToken', await bearer(key!, Date.now() + 2 * HOUR)],
      ['ExpiredProviderToken', await bearer(key!, Date.now() - 2 * HOUR)],
    ];
    for (const [reason, line] of lines) {
      const headers = [`apns-topic: ${APP_TOPIC}`, line];
      const [response] = await curl(fixture.settings, [{ ...phone, headers }]);
      assert.deepEqual([response?.status, response?.reason], [403, reason]);
    }
  });

  it('receives TooManyProviderTokenUpdates within 20 minutes and UnrelatedKeyIdInToken for another key on one connection', async () => {
    const [one, other] = [await fixture.withKey(), await fixture.withKey({ environment: 'both' })];
    const request = async (key: ProviderKey, age = 0): Promise<CurlRequest> => ({
      ...phone,
      headers: [`apns-topic: ${APP_TOPIC}`, await bearer(key, Date.now() - age)],
    });
    const first = await request(one.providerKey!);
    const responses = await curl(fixture.settings, [
      first,
      await request(other.providerKey!),
      await request(one.providerKey!, 60_000),
      first,
    ]);
    assert.deepEqual(
      responses.map(({ status, reason, newConnections }) => [status, reason, newConnections]),
      [
        [200, undefined, 1],
        [403, 'UnrelatedKeyIdInToken', 0],
        [429, 'TooManyProviderTokenUpdates', 0],
        [429, 'TooManyProviderTokenUpdates', 0],
      ],
    );
    assert.equal((await curl(fixture.settings, [first]))[0]?.status, 200);
  });

  it('may switch to a related key on one connection, and receives UnrelatedKeyIdInToken for any other key', async () => {
    const keys = [
      { key_id: 'KEYONE0001', topics: [APP_TOPIC], related_key: 'KEYTWO0001' },
      { key_id: 'KEYTWO0001', topics: [APP_TOPIC] },
      { key_id: 'KEYTHREE01', topics: [APP_TOPIC] },
    ];
    const orchard = await PushFixture.start('0', `${PUSH_SCENARIO}push: ${JSON.stringify({ keys })}\n`);
    try {
      const token = (await orchard.device(APP_DEVICE)).push_token;
      const requestWith = async (key_id: string): Promise<CurlRequest> => {
        const { providerKey } = await orchard.withKey({ key_id });
        const headers = [`apns-topic: ${APP_TOPIC}`, await bearer(providerKey!)];
        return { ...phone, path: `/3/device/${token}`, headers };
      };
      const [one, two, three] = [
        await requestWith('KEYONE0001'),
        await requestWith('KEYTWO0001'),
        await requestWith('KEYTHREE01'),
      ];
      const responses = await curl(orchard.settings, [one, two, one, three, two]);
      assert.deepEqual(
        responses.map(({ status, reason, newConnections }) => [status, reason, newConnections]),
        [
          [200, undefined, 1],
          [200, undefined, 0],
          [200, undefined, 0],
          [403, 'UnrelatedKeyIdInToken', 0],
          [200, undefined, 0],
        ],
      );
    } finally {
      assert.equal(await orchard.stop(), 0);
    }
  });
});
