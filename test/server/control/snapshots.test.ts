import assert from 'node:assert/strict';
import { ControlClient } from './control-client.ts';

const serials = async (client: ControlClient): Promise<readonly string[]> =>
  (await client.request('GET', 'devices')).body.devices.map(
    (device: { serial_number: string }) => device.serial_number,
  );

describe('snapshots in the control API', () => {
  it('are taken, listed, restored and deleted by name', async () => {
    const client = await ControlClient.of();
    const before = await serials(client);
    assert.equal((await client.request('PUT', 'snapshots/first-day')).status, 200);
    await client.request('POST', 'actions', { body: { add_devices: [{ serial_number: 'LATER1' }] } });
    await client.request('POST', 'clock', { body: { advance: '3d' } });
    assert.deepEqual((await client.request('GET', 'snapshots')).body, { snapshots: ['first-day'] });

    assert.deepEqual((await client.request('POST', 'snapshots/first-day')).body, {
      organization: 'acme',
      name: 'first-day',
    });
    assert.deepEqual(await serials(client), before);
    assert.equal((await client.request('GET', 'clock')).body.now, '2026-03-02T08:00:00.000Z');

    await client.request('DELETE', 'snapshots/first-day');
    const { status, body } = await client.request('POST', 'snapshots/first-day');
    assert.equal(status, 404);
    assert.match(body.error, /no snapshot is named "first-day"/);
  });

  it('belong to one organization', async () => {
    const client = await ControlClient.of();
    await client.add('second');
    await client.request('PUT', 'snapshots/mine?organization=second');
    assert.equal((await client.request('POST', 'snapshots/mine')).status, 404);
    assert.equal((await client.request('POST', 'snapshots/mine?organization=second')).status, 200);
  });

  it('restore server tokens and the credentials that identify the organization', async () => {
    const client = await ControlClient.of();
    await client.request('PUT', 'snapshots/before');
    await client.request('POST', 'actions', { body: { renew_server_token: true } });
    await client.request('POST', 'snapshots/before');
    const tenant = client.tenant;
    const [token] = tenant.organization.enrollment.servers[0]!.tokens;
    assert.equal(token!.status, 'valid');
    assert.equal(client.apple.tenants.byCredential(`consumer_key:${token!.consumer_key}`), tenant);
  });

  const NAMES = [
    '..',
    '%2e%2e',
    '..%2f..%2fetc%2fpasswd',
    'a%2fb',
    'a%5cb',
    '.hidden',
    '%00',
    'a.json',
    '',
    'x'.repeat(65),
  ];

  for (const name of NAMES) {
    it(`reject names that are paths: ${JSON.stringify(name.slice(0, 30))}`, async () => {
      const client = await ControlClient.of();
      for (const method of ['PUT', 'GET', 'POST', 'DELETE']) {
        const { status, body } = await client.request(method, `snapshots/${name}`);
        assert.equal(status, 400);
        assert.match(body.error, /the name .* must match/);
      }
      assert.deepEqual((await client.request('GET', 'snapshots')).body, { snapshots: [] });
    });
  }

  it('have a bounded number', async () => {
    const client = await ControlClient.of();
    for (let number = 0; number < 100; number += 1)
      assert.equal((await client.request('PUT', `snapshots/n${number}`)).status, 200);
    assert.equal((await client.request('PUT', 'snapshots/one-more')).status, 400);
    assert.equal((await client.request('PUT', 'snapshots/n5')).status, 200);
  });
});
