import assert from 'node:assert/strict';
import { createPrivateKey, sign } from 'node:crypto';
import type { HttpRequest } from '../../../src/core/request.ts';
import { ControlClient } from './control-client.ts';

const MAC = 'C02ACME0001';

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A provider token by Node's own crypto, which shares nothing with the code under test. */
function signed(pem: string, kid: string, iss: string, iat: number): string {
  const content = `${base64url({ alg: 'ES256', kid })}.${base64url({ iss, iat })}`;
  const key = createPrivateKey(pem);
  return `${content}.${sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

const pushing = (
  token: string,
  headers: Readonly<Record<string, string>> = {},
  magic = 'x',
): HttpRequest => ({
  method: 'POST',
  scheme: 'http',
  authority: '127.0.0.1:8990',
  path: `/3/device/${token}`,
  query: '',
  headers,
  body: new TextEncoder().encode(JSON.stringify({ mdm: magic })),
  transport: { name: 'test' },
});

describe('push in the control API', () => {
  const device = async (client: ControlClient) =>
    (await client.request('GET', `devices?serial_number=${MAC}`)).body.devices[0];

  it('shows token, PushMagic and topic of a device and the state of its last push', async () => {
    const client = await ControlClient.of();
    const before = await device(client);
    assert.match(before.push_token, /^[0-9a-f]{64}$/);
    assert.match(before.push_magic, /^[0-9A-F-]{36}$/);
    assert.match(before.push_topic, /^com\.apple\.mgmt\.External\.[0-9a-f-]{36}$/);
    assert.deepEqual([before.online, before.last_push], [true, undefined]);
    const id = '123e4567-e89b-12d3-a456-4266554400a0';
    await client.apple.handle(pushing(before.push_token, { 'apns-id': id }, before.push_magic));
    assert.deepEqual((await device(client)).last_push, {
      apns_id: id,
      at: '2026-03-02T08:00:00.000Z',
      state: 'delivered',
      woke_device: true,
    });
  });

  it('shows a stored push until it expires', async () => {
    const client = await ControlClient.of();
    await client.request('POST', 'actions', { body: { take_offline: [MAC] } });
    await client.apple.handle(pushing((await device(client)).push_token));
    const stored = (await device(client)).last_push;
    assert.deepEqual([stored.state, stored.expires_at], ['stored', '2026-04-01T08:00:00.000Z']);
    await client.request('POST', 'clock', { body: { advance: '31d' } });
    const expired = (await device(client)).last_push;
    assert.deepEqual([expired.state, expired.reason], ['discarded', 'expired']);
  });

  it('counts pushes by state', async () => {
    const client = await ControlClient.of();
    assert.ok(!(await client.request('GET', 'metrics')).text.includes('crabapple_pushes_total{'));
    await client.apple.handle(pushing((await device(client)).push_token));
    const { text } = await client.request('GET', 'metrics');
    for (const sample of ['accepted"} 1', 'delivered"} 1', 'magic_mismatch"} 1', 'expired"} 0'])
      assert.ok(text.includes(`crabapple_pushes_total{organization="acme",state="${sample}`), text);
  });

  it('applies the action register_push', async () => {
    const client = await ControlClient.of();
    const update = {
      serial_number: MAC,
      push_token: 'AB'.repeat(32),
      push_magic: 'M',
      push_topic: 'com.acme',
    };
    const { body } = await client.request('POST', 'actions', { body: { register_push: [update] } });
    assert.deepEqual(body, { done: true, changes: 1 });
    const { push_token, push_magic, push_topic } = await device(client);
    assert.deepEqual([push_token, push_magic, push_topic], ['ab'.repeat(32), 'M', 'com.acme']);
  });

  it('shows since when a device is unregistered', async () => {
    const client = await ControlClient.of();
    await client.request('POST', 'actions', { body: { unregister_push: [MAC] } });
    assert.equal((await device(client)).unregistered_at, '2026-03-02T08:00:00.000Z');
  });

  it('rejects a token that is not hexadecimal', async () => {
    const client = await ControlClient.of();
    const { status, body } = await client.request('POST', 'actions', {
      body: { register_push: [{ push_token: 'xy' }] },
    });
    assert.equal(status, 400);
    assert.match(body.error, /hexadecimal/);
  });

  it('issues the private key of a push key, which signs valid provider tokens', async () => {
    const client = await ControlClient.of();
    const issued = await client.request('POST', 'push-keys');
    assert.equal(issued.status, 201);
    const { key_id, team_id, private_key } = issued.body;
    assert.match(key_id, /^[A-Z0-9]{10}$/);
    const { push_token } = await device(client);
    const iat = Math.floor(client.apple.tenants.default.organization.runtime.clock.wallNow() / 1000);
    const push = async (pem: string) => {
      const headers = {
        authorization: `bearer ${signed(pem, key_id, team_id, iat)}`,
        'apns-topic': 'com.acme.app',
      };
      const outcome = await client.apple.handle(pushing(push_token, headers));
      return outcome.kind === 'response' ? outcome.body : outcome.kind;
    };
    assert.equal(await push(private_key), '{"reason":"DeviceTokenNotForTopic"}');
    const again = await client.request('POST', 'push-keys', { body: { key_id } });
    assert.equal(await push(private_key), '{"reason":"InvalidProviderToken"}');
    assert.equal(await push(again.body.private_key), '{"reason":"DeviceTokenNotForTopic"}');
  });

  it('creates a push key when all others are issued, or when the body describes one', async () => {
    const client = await ControlClient.of();
    const first = (await client.request('POST', 'push-keys')).body.key_id;
    const second = (await client.request('POST', 'push-keys')).body.key_id;
    const body = { environment: 'sandbox', topics: ['com.acme.app'] };
    const third = (await client.request('POST', 'push-keys', { body })).body;
    assert.deepEqual([third.environment, third.topics], ['sandbox', ['com.acme.app']]);
    const { keys } = (await client.request('GET', 'push-keys')).body;
    assert.deepEqual(
      keys.map((key: { key_id: string; issued: boolean }) => [key.key_id, key.issued]),
      [
        [first, true],
        [second, true],
        [third.key_id, true],
      ],
    );
  });

  it('rejects an invalid description of a key', async () => {
    const client = await ControlClient.of();
    const { status, body } = await client.request('POST', 'push-keys', { body: { enviroment: 'sandbox' } });
    assert.equal(status, 400);
    assert.match(`${body.error} ${body.hint}`, /environment/);
  });
});
