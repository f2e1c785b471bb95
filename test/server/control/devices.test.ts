import assert from 'node:assert/strict';
import { stopwatch } from '../../../src/core/wall-clock.ts';
import { ControlClient } from './control-client.ts';

const serialsOf = (devices: readonly { serial_number: string }[]): string[] =>
  devices.map(({ serial_number }) => serial_number);

describe('GET devices', () => {
  it('returns the details of a device', async () => {
    const client = await ControlClient.of();
    const { body } = await client.request('GET', 'devices?serial_number=C02ACME0001');
    assert.equal(body.next, null);
    const [device] = body.devices;
    assert.equal(device.device_family, 'Mac');
    assert.equal(device.mdm_server, 'Acme MDM');
    assert.equal(device.profile_status, 'assigned');
    assert.equal(device.profile_uuid, 'A'.repeat(32));
    assert.equal(device.profile_name, 'Acme default');
    assert.equal(device.profile_push_time, null);
    assert.match(device.device_assigned_date, /Z$/);
    assert.equal(typeof device.identifiers, 'object');
    assert.ok(!('disowned' in device) && !('throttled_until' in device) && !('replaces' in device));
  });

  const filters: Readonly<Record<string, readonly string[]>> = {
    '': ['C02ACME0001', 'C02ACME0002', 'C02ACME0003'],
    '?mdm_server=Second+MDM': ['C02ACME0003'],
    '?profile_status=assigned': ['C02ACME0001'],
    '?profile_status=empty&mdm_server=Acme%20MDM': ['C02ACME0002'],
    '?serial_number=C02UNKNOWN1': [],
    '?serial_number=C02ACME0003&mdm_server=Acme%20MDM': [],
    '?limit=2': ['C02ACME0001', 'C02ACME0002'],
  };
  for (const [query, serials] of Object.entries(filters)) {
    it(`returns ${serials.length} devices for the query ${query || '(none)'}`, async () => {
      const client = await ControlClient.of();
      assert.deepEqual(serialsOf((await client.request('GET', `devices${query}`)).body.devices), serials);
    });
  }

  it('returns every device once, page by page', async () => {
    const client = await ControlClient.of({ devices: [{ generate: 250 }, { serial_number: 'C02ACME0001' }] });
    for (const filter of ['', '&mdm_server=Acme%20MDM', '&profile_status=empty']) {
      const seen: string[] = [];
      for (let cursor = ''; ; ) {
        const { body } = await client.request('GET', `devices?limit=99${filter}${cursor}`);
        seen.push(...serialsOf(body.devices));
        if (body.next === null) break;
        cursor = `&cursor=${body.next}`;
      }
      assert.equal(new Set(seen).size, 251);
      assert.equal(seen.length, 251);
    }
  });

  it('shows the effects of portal actions', async () => {
    const client = await ControlClient.of();
    const { organization } = client.tenant;
    const { inventory } = organization.enrollment;
    const [one, two, three] = ['C02ACME0001', 'C02ACME0002', 'C02ACME0003'].map(
      (serial) => inventory.find(serial)!,
    );
    organization.apply({ type: 'devices_disowned', devices: [one!] });
    organization.apply({
      type: 'devices_throttled',
      devices: [two!],
      until: organization.runtime.clock.now() + 1000,
    });
    organization.apply({
      type: 'device_replaced',
      device: three!,
      replacement: { serial_number: 'C02ACME0004' },
    });
    organization.apply({ type: 'activation_locked', device: two! });
    const { body } = await client.request('GET', 'devices');
    const shown = Object.fromEntries(
      body.devices.map((device: { serial_number: string }) => [device.serial_number, device]),
    );
    assert.deepEqual([shown.C02ACME0001.disowned, shown.C02ACME0001.mdm_server], [true, null]);
    assert.equal(shown.C02ACME0002.throttled_until, '2026-03-02T08:00:01Z');
    assert.equal(shown.C02ACME0002.activation_locked, true);
    assert.equal(shown.C02ACME0003.mdm_server, null);
    assert.equal(shown.C02ACME0004.replaces.serial_number, 'C02ACME0003');
    await client.request('POST', 'clock', { body: { advance: '2s' } });
    assert.ok(
      !(
        'throttled_until' in
        (await client.request('GET', 'devices?serial_number=C02ACME0002')).body.devices[0]
      ),
    );
  });

  it('searches a bounded number of devices per page', async () => {
    const client = await ControlClient.of({ devices: [{ generate: 1_000_000 }] });
    const start = stopwatch();
    const { body } = await client.request('GET', 'devices?profile_status=pushed');
    assert.ok(stopwatch() - start < 1000);
    assert.deepEqual(body.devices, []);
    assert.notEqual(body.next, null);
    const second = await client.request('GET', 'devices?mdm_server=Second%20MDM');
    assert.deepEqual(second.body, { devices: [], next: null });
  });
});
