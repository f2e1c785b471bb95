import assert from 'node:assert/strict';
import { type Mdm, mdmOf } from './mdm.ts';
import { PROFILE_UUID, SCENARIO, SERIAL } from './operations.ts';
import { assertRejected } from './rejected.ts';

const HOUR = 60 * 60_000;

/** Syncs the devices of one MDM server, and returns the new records. */
class Follower {
  readonly mdm: Mdm;
  #cursor = '';

  constructor(mdm: Mdm) {
    this.mdm = mdm;
  }

  static async of(mdm: Mdm): Promise<Follower> {
    const follower = new Follower(mdm);
    follower.#cursor = (await mdm.pages('/server/devices', {})).at(-1)!.body.cursor;
    return follower;
  }

  // biome-ignore lint/suspicious/noExplicitAny: records of every form are looked into
  async records(version = 10): Promise<any[]> {
    this.mdm.forgetSession();
    const pages = await this.mdm.pages('/devices/sync', { cursor: this.#cursor }, version);
    this.#cursor = pages.at(-1)!.body.cursor;
    return pages.flatMap(({ body }) => body.devices);
  }

  /** `modified C02ACME00001`, one for each event. */
  async events(): Promise<string[]> {
    return (await this.records()).map(({ op_type, serial_number }) => `${op_type} ${serial_number}`);
  }
}

const put = (mdm: Mdm, devices: readonly string[]) =>
  mdm.call('PUT', '/profile/devices', { body: { profile_uuid: PROFILE_UUID, devices }, version: 10 });

describe('POST /devices/sync returns', () => {
  let mdm: Mdm;
  let first: Follower;
  let second: Follower;

  beforeEach(async () => {
    mdm = await mdmOf(SCENARIO);
    first = await Follower.of(mdm);
    second = await Follower.of(mdm.other(1));
  });

  it('nothing where nothing happened, with a new cursor each time', async () => {
    assert.deepEqual(await first.events(), []);
    assert.deepEqual(await first.events(), []);
  });

  it('`added` for new devices, with op_date the date of assignment', async () => {
    mdm.advance(HOUR);
    await mdm.portal({ add_devices: [{ serial_number: 'NEW1' }, { generate: 2 }] });
    const records = await first.records();
    assert.equal(records.length, 3);
    for (const record of records) {
      assert.equal(record.op_type, 'added');
      assert.equal(record.op_date, '2026-03-02T09:00:00Z');
      assert.equal(record.device_assigned_date, record.op_date);
      assert.equal(record.profile_status, 'empty');
    }
    assert.deepEqual(await second.events(), []);
  });

  it('`modified` for assign, fetch of the profile by the device, and remove', async () => {
    await put(mdm, [SERIAL]);
    await mdm.portal({ mark_profile_fetched: [SERIAL] });
    await mdm.call('DELETE', '/profile/devices', { body: { devices: [SERIAL] } });
    assert.deepEqual(await first.events(), Array(3).fill(`modified ${SERIAL}`));
  });

  it('profile_status and its times as they are now: empty, assigned, pushed, removed', async () => {
    const seen = async () => {
      const [{ profile_status, profile_uuid, profile_assign_time, profile_push_time }] =
        await first.records();
      return { profile_status, profile_uuid, profile_assign_time, profile_push_time };
    };
    mdm.advance(1000);
    await put(mdm, [SERIAL]);
    assert.deepEqual(await seen(), {
      profile_status: 'assigned',
      profile_uuid: PROFILE_UUID,
      profile_assign_time: '2026-03-02T08:00:01Z',
      profile_push_time: undefined,
    });
    mdm.advance(1000);
    await mdm.portal({ mark_profile_fetched: [SERIAL] });
    assert.deepEqual(await seen(), {
      profile_status: 'pushed',
      profile_uuid: PROFILE_UUID,
      profile_assign_time: '2026-03-02T08:00:01Z',
      profile_push_time: '2026-03-02T08:00:02Z',
    });
    mdm.advance(1000);
    await mdm.call('DELETE', '/profile/devices', { body: { devices: [SERIAL] } });
    assert.deepEqual(await seen(), {
      profile_status: 'removed',
      profile_uuid: PROFILE_UUID,
      profile_assign_time: '2026-03-02T08:00:01Z',
      profile_push_time: '2026-03-02T08:00:02Z',
    });
    mdm.advance(1000);
    await put(mdm, [SERIAL]);
    assert.deepEqual(await seen(), {
      profile_status: 'assigned',
      profile_uuid: PROFILE_UUID,
      profile_assign_time: '2026-03-02T08:00:04Z',
      profile_push_time: undefined,
    });
  });

  it('`deleted` for devices that left in the portal or were disowned, and nothing of where they went', async () => {
    await put(mdm, [SERIAL]);
    await first.events();
    await mdm.portal({ remove_devices: [SERIAL] });
    await mdm.call('POST', '/devices/disown', { body: { devices: ['DMPACME00002'] } });
    const records = await first.records();
    assert.deepEqual(
      records.map(({ op_type, serial_number }) => `${op_type} ${serial_number}`),
      [`deleted ${SERIAL}`, 'deleted DMPACME00002'],
    );
    for (const record of records) {
      assert.equal(typeof record.op_date, 'string');
      for (const name of ['profile_uuid', 'profile_status', 'device_assigned_by', 'device_assigned_date'])
        assert.ok(!(name in record), name);
    }
  });

  it('`deleted` here and `modified` there for a move between MDM servers', async () => {
    await put(mdm, [SERIAL]);
    await first.events();
    mdm.advance(HOUR);
    await mdm.portal({
      move_devices: {
        devices: [SERIAL],
        mdm_server: 'Second MDM',
        assigned_by: 'mover@acme.example',
        mdm_migration_deadline: '2026-04-01T00:00:00Z',
      },
    });
    assert.deepEqual(await first.events(), [`deleted ${SERIAL}`]);
    const [record] = await second.records();
    assert.equal(record.op_type, 'modified');
    assert.equal(record.profile_status, 'empty');
    assert.ok(!('profile_uuid' in record));
    assert.equal(record.device_assigned_by, 'mover@acme.example');
    assert.equal(record.device_assigned_date, '2026-03-02T09:00:00Z');
    assert.equal(record.mdm_migration_deadline, '2026-04-01T00:00:00Z');
    const details = (of: Mdm) => of.call('POST', '/devices', { body: { devices: [SERIAL] } });
    assert.equal((await details(mdm)).body.devices[SERIAL].response_status, 'NOT_ACCESSIBLE');
    assert.equal((await details(mdm.other(1))).body.devices[SERIAL].response_status, 'SUCCESS');
  });

  it('a move there and back as deleted, then modified', async () => {
    for (const mdm_server of ['Second MDM', 'Acme MDM'])
      await mdm.portal({ move_devices: { devices: [SERIAL], mdm_server } });
    assert.deepEqual(await first.events(), [`deleted ${SERIAL}`, `modified ${SERIAL}`]);
    assert.deepEqual(await second.events(), [`modified ${SERIAL}`, `deleted ${SERIAL}`]);
  });

  it('`modified` for an assignment to the MDM server that it has; the profile is gone', async () => {
    await put(mdm, [SERIAL]);
    await first.events();
    await mdm.portal({ move_devices: { devices: [SERIAL], mdm_server: 'Acme MDM' } });
    const [record] = await first.records();
    assert.equal(record.op_type, 'modified');
    assert.equal(record.profile_status, 'empty');
  });

  it('`added` for a device that was removed and comes back', async () => {
    await mdm.portal({ remove_devices: [SERIAL] });
    await mdm.portal({ add_devices: [{ serial_number: SERIAL }] });
    assert.deepEqual(await first.events(), [`deleted ${SERIAL}`, `added ${SERIAL}`]);
  });

  it('a replacement as deleted with released_by_replacement, and added with is_replacement_device', async () => {
    await mdm.portal({
      replace_devices: [
        { device: SERIAL, replacement: { serial_number: 'C02ACME00009', device_family: 'Mac' } },
      ],
    });
    const [gone, come] = await first.records();
    assert.deepEqual([gone.op_type, gone.serial_number], ['deleted', SERIAL]);
    assert.equal(gone.released_by_replacement, true);
    assert.ok(!('is_replacement_device' in gone));
    assert.deepEqual([come.op_type, come.serial_number], ['added', 'C02ACME00009']);
    assert.equal(come.is_replacement_device, true);
    assert.ok(!('released_by_replacement' in come));
  });

  it('nothing of replacement below version 10', async () => {
    await mdm.portal({
      replace_devices: [{ device: SERIAL, replacement: { serial_number: 'C02ACME00009' } }],
    });
    for (const record of await first.records(9)) {
      assert.ok(!('released_by_replacement' in record));
      assert.ok(!('is_replacement_device' in record));
    }
  });

  it('nothing of a device in cooldown, then `modified` when that ends', async () => {
    await mdm.portal({ throttle_devices: { devices: [SERIAL], for: '2h' } });
    await mdm.portal({ move_devices: { devices: [SERIAL], mdm_server: 'Acme MDM' } });
    await put(mdm, ['DMPACME00002']);
    assert.deepEqual(await first.events(), ['modified DMPACME00002']);
    mdm.advance(2 * HOUR);
    assert.deepEqual(await first.events(), [`modified ${SERIAL}`]);
  });

  it('no `deleted` to the former MDM server of a device in cooldown', async () => {
    await mdm.portal({ throttle_devices: { devices: [SERIAL] } });
    await mdm.portal({ move_devices: { devices: [SERIAL], mdm_server: 'Second MDM' } });
    assert.deepEqual(await first.events(), []);
    assert.deepEqual(await second.events(), []);
    mdm.advance(24 * HOUR);
    assert.deepEqual(await first.events(), []);
    assert.deepEqual(await second.events(), [`modified ${SERIAL}`]);
  });

  it('a cooldown that was prolonged or cut short ends once, when it says', async () => {
    const throttle = (length: string) => mdm.portal({ throttle_devices: { devices: [SERIAL], for: length } });
    await throttle('1h');
    await throttle('3h');
    mdm.advance(HOUR);
    assert.deepEqual(await first.events(), []);
    mdm.advance(2 * HOUR);
    assert.deepEqual(await first.events(), [`modified ${SERIAL}`]);
    await throttle('3h');
    await throttle('1h');
    mdm.advance(HOUR);
    assert.deepEqual(await first.events(), [`modified ${SERIAL}`]);
    mdm.advance(3 * HOUR);
    assert.deepEqual(await first.events(), []);
  });

  it('a device that changed during a walk: fetch returns its current state, sync the later events', async () => {
    const many = await mdmOf({ ...SCENARIO, devices: [{ generate: 30 }] });
    const page = (await many.call('POST', '/server/devices', { body: { limit: 10 } })).body;
    const serial = page.devices[0].serial_number;
    await many.portal({ remove_devices: [serial] });
    await many.portal({ add_devices: [{ generate: 3 }] });
    const rest = await many.pages('/server/devices', { limit: 10, cursor: page.cursor });
    assert.equal(rest.flatMap(({ body }) => body.devices).length, 20);
    const [synced] = await many.pages('/devices/sync', { cursor: rest.at(-1)!.body.cursor });
    assert.deepEqual(
      synced!.body.devices.map(({ op_type }: { op_type: string }) => op_type),
      ['deleted', 'added', 'added', 'added'],
    );
  });

  it('UNAUTHORIZED without a session', async () => {
    assertRejected(await mdm.send('POST', '/devices/sync', { body: {} }), 'UNAUTHORIZED');
  });
});
