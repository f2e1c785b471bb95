import assert from 'node:assert/strict';
import { Asking } from './asking.ts';

const serials = async (asking: Asking): Promise<readonly string[]> =>
  (await asking.ask('GET', 'devices')).body.devices.map(
    (device: { serial_number: string }) => device.serial_number,
  );

describe('snapshots in the control API', () => {
  it('are taken, listed, restored and deleted by name', async () => {
    const asking = await Asking.of();
    const before = await serials(asking);
    assert.equal((await asking.ask('PUT', 'snapshots/first-day')).status, 200);
    await asking.ask('POST', 'actions', { body: { add_devices: [{ serial_number: 'LATER1' }] } });
    await asking.ask('POST', 'clock', { body: { advance: '3d' } });
    assert.deepEqual((await asking.ask('GET', 'snapshots')).body, { snapshots: ['first-day'] });

    assert.deepEqual((await asking.ask('POST', 'snapshots/first-day')).body, {
      organization: 'acme',
      name: 'first-day',
    });
    assert.deepEqual(await serials(asking), before);
    assert.equal((await asking.ask('GET', 'clock')).body.now, '2026-03-02T08:00:00.000Z');

    await asking.ask('DELETE', 'snapshots/first-day');
    const { status, body } = await asking.ask('POST', 'snapshots/first-day');
    assert.equal(status, 404);
    assert.match(body.error, /no snapshot is named "first-day"/);
  });

  it('belong to one organization', async () => {
    const asking = await Asking.of();
    await asking.add('second');
    await asking.ask('PUT', 'snapshots/mine?organization=second');
    assert.equal((await asking.ask('POST', 'snapshots/mine')).status, 404);
    assert.equal((await asking.ask('POST', 'snapshots/mine?organization=second')).status, 200);
  });

  it('restore server tokens and the credentials that identify the organization', async () => {
    const asking = await Asking.of();
    await asking.ask('PUT', 'snapshots/before');
    await asking.ask('POST', 'actions', { body: { renew_server_token: true } });
    await asking.ask('POST', 'snapshots/before');
    const tenant = asking.tenant;
    const [token] = tenant.organization.enrollment.servers[0]!.tokens;
    assert.equal(token!.status, 'valid');
    assert.equal(asking.apple.tenants.byCredential(`consumer_key:${token!.consumer_key}`), tenant);
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
      const asking = await Asking.of();
      for (const method of ['PUT', 'GET', 'POST', 'DELETE']) {
        const { status, body } = await asking.ask(method, `snapshots/${name}`);
        assert.equal(status, 400);
        assert.match(body.error, /the name .* must match/);
      }
      assert.deepEqual((await asking.ask('GET', 'snapshots')).body, { snapshots: [] });
    });
  }

  it('have a bounded number', async () => {
    const asking = await Asking.of();
    for (let number = 0; number < 100; number += 1)
      assert.equal((await asking.ask('PUT', `snapshots/n${number}`)).status, 200);
    assert.equal((await asking.ask('PUT', 'snapshots/one-more')).status, 400);
    assert.equal((await asking.ask('PUT', 'snapshots/n5')).status, 200);
  });
});
