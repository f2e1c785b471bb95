import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { type CurlRequest, curl, curlClient } from './curl-client.ts';
import type { ProviderKey, PushSettings } from './push-client.ts';
import { APP_DEVICE, APP_TOPIC, PUSH_SCENARIO, PushWorld } from './push-world.ts';

const ID = '0D8B4A6E-1C2F-4D3A-9B5E-6F7A8B9C0D1E';

/** What a test knows of the device it pushes to. */
interface Target {
  readonly path: string;
  readonly body: string;
}

const WITH_CERTIFICATE: Readonly<Record<string, (to: Target) => CurlRequest & { readonly status: number }>> =
  {
    'MissingDeviceToken for a path that ends too soon': (to) => ({ ...to, path: '/3/device/', status: 400 }),
    'BadPath for a path of nothing': (to) => ({ ...to, path: '/3/devices', status: 404 }),
    'MethodNotAllowed for PUT': (to) => ({ ...to, method: 'PUT', status: 405 }),
    'DuplicateHeaders for a header field that comes twice': (to) => ({
      ...to,
      headers: ['apns-priority: 5', 'apns-priority: 10'],
      status: 400,
    }),
    'BadExpirationDate for a day': (to) => ({ ...to, headers: ['apns-expiration: tomorrow'], status: 400 }),
    'BadMessageId for a number': (to) => ({ ...to, headers: ['apns-id: 1'], status: 400 }),
    'BadPriority for background at once': (to) => ({
      ...to,
      headers: ['apns-push-type: background', 'apns-priority: 10'],
      status: 400,
    }),
    'BadCollapseId by bytes, not characters': (to) => ({
      ...to,
      headers: [`apns-collapse-id: ${'é'.repeat(33)}`],
      status: 400,
    }),
    'InvalidPushType for a type of its own': (to) => ({
      ...to,
      headers: ['apns-push-type: bell'],
      status: 400,
    }),
    'BadTopic for a topic that is none': (to) => ({ ...to, headers: ['apns-topic: a b'], status: 400 }),
    'PayloadEmpty for nothing': (to) => ({ ...to, body: '', status: 400 }),
    'PayloadEmpty for what is no JSON': (to) => ({ ...to, body: 'hello', status: 400 }),
    'PayloadTooLarge for 4097 bytes': (to) => ({ ...to, body: `{"mdm":"${'x'.repeat(4087)}"}`, status: 413 }),
  };

async function bearer({ file, keyId, teamId }: ProviderKey, issued = Date.now(), more = {}): Promise<string> {
  const token = await new SignJWT({ iss: teamId, iat: Math.floor(issued / 1000), ...more })
    .setProtectedHeader({ alg: 'ES256', kid: keyId })
    .sign(createPrivateKey(readFileSync(file)));
  return `authorization: bearer ${token}`;
}

describe(`${curlClient.name}, which can say anything`, () => {
  let world: PushWorld;
  let settings: PushSettings;
  let mac: Target;
  let phone: Target;

  before(async function () {
    this.timeout(300_000);
    await curlClient.prepare(this);
    world = await PushWorld.start();
    settings = await world.withCertificate();
    const { push_token, push_magic } = await world.device();
    mac = { path: `/3/device/${push_token}`, body: JSON.stringify({ mdm: push_magic }) };
    const token = (await world.device(APP_DEVICE)).push_token;
    phone = { path: `/3/device/${token}`, body: '{"aps":{"alert":"x"}}' };
  });

  after(async () => {
    if (world !== undefined) assert.equal(await world.stop(), 0);
  });

  for (const [about, requestTo] of Object.entries(WITH_CERTIFICATE)) {
    it(`is told ${about}`, async () => {
      const { status, ...request } = requestTo(mac);
      const [answer] = await curl(settings, [request]);
      assert.deepEqual([answer?.status, answer?.reason], [status, about.split(' ')[0]]);
      assert.equal(answer?.headers['content-type'], 'application/json');
      assert.ok(answer?.apnsId);
    });
  }

  it('keeps its one connection over refusals, and gets every apns-id back', async () => {
    const good = { ...mac, headers: [`apns-id: ${ID}`] };
    const bad = { ...good, path: `/3/device/${'ab'.repeat(32)}` };
    const answers = await curl(settings, [good, bad, good]);
    assert.deepEqual(
      answers.map(({ status, apnsId, newConnections, httpVersion }) => [
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

  it('is told apns-unique-id by the sandbox alone', async () => {
    const sandbox = await world.withCertificate({ environment: 'both' });
    const [one] = await curl(sandbox, [mac], 'https://api.sandbox.push.apple.com');
    const [other] = await curl(sandbox, [mac]);
    assert.deepEqual([one?.status, other?.status], [200, 200]);
    assert.match(one?.headers['apns-unique-id'] ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(other?.headers['apns-unique-id'], undefined);
  });

  it('is told MissingProviderToken with neither certificate nor token', async () => {
    const [answer] = await curl(world.settings, [{ ...phone, headers: [`apns-topic: ${APP_TOPIC}`] }]);
    assert.deepEqual([answer?.status, answer?.reason], [403, 'MissingProviderToken']);
  });

  it('is told what is wrong with a provider token', async () => {
    const { providerKey: key } = await world.withKey();
    const HOUR = 3_600_000;
    const lines: readonly (readonly [string, string])[] = [
      ['InvalidProviderToken', 'authorization: bearer a.b.c'],
      ['InvalidProviderToken', await bearer(key!, Date.now(), { iat: 'now' })],
      ['InvalidProviderToken', await bearer(key!, Date.now() + 2 * HOUR)],
      ['ExpiredProviderToken', await bearer(key!, Date.now() - 2 * HOUR)],
    ];
    for (const [reason, line] of lines) {
      const headers = [`apns-topic: ${APP_TOPIC}`, line];
      const [answer] = await curl(world.settings, [{ ...phone, headers }]);
      assert.deepEqual([answer?.status, answer?.reason], [403, reason]);
    }
  });

  it('may not change its token within 20 minutes, nor its key, on one connection', async () => {
    const [one, other] = [await world.withKey(), await world.withKey({ environment: 'both' })];
    const request = async (key: ProviderKey, age = 0): Promise<CurlRequest> => ({
      ...phone,
      headers: [`apns-topic: ${APP_TOPIC}`, await bearer(key, Date.now() - age)],
    });
    const first = await request(one.providerKey!);
    const answers = await curl(world.settings, [
      first,
      await request(other.providerKey!),
      await request(one.providerKey!, 60_000),
      first,
    ]);
    assert.deepEqual(
      answers.map(({ status, reason, newConnections }) => [status, reason, newConnections]),
      [
        [200, undefined, 1],
        [403, 'UnrelatedKeyIdInToken', 0],
        [429, 'TooManyProviderTokenUpdates', 0],
        [429, 'TooManyProviderTokenUpdates', 0],
      ],
    );
    assert.equal((await curl(world.settings, [first]))[0]?.status, 200);
  });

  it('may change to a related key on one connection, and to no other', async () => {
    const keys = [
      { key_id: 'KEYONE0001', topics: [APP_TOPIC], related_key: 'KEYTWO0001' },
      { key_id: 'KEYTWO0001', topics: [APP_TOPIC] },
      { key_id: 'KEYTHREE01', topics: [APP_TOPIC] },
    ];
    const orchard = await PushWorld.start('0', `${PUSH_SCENARIO}push: ${JSON.stringify({ keys })}\n`);
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
      const answers = await curl(orchard.settings, [one, two, one, three, two]);
      assert.deepEqual(
        answers.map(({ status, reason, newConnections }) => [status, reason, newConnections]),
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
