import assert from 'node:assert/strict';
import type { Field } from '../../src/engine/fields.ts';
import { DEP_FIELDS } from '../../src/services/dep/fields.ts';
import { type Mdm, mdmOf } from './mdm.ts';
import { nameOfVersion, PROFILE_UUID, SCENARIO, VERSIONS } from './operations.ts';

/** As which version a value of the header counts. */
const countsAs = (version: number | string | undefined): number =>
  typeof version === 'number' ? version : 1;

const since = (name: string): number => {
  const fields: readonly Field[] = [
    ...DEP_FIELDS.device.fields,
    ...DEP_FIELDS.account.fields,
    ...DEP_FIELDS.profile.fields,
  ];
  return fields.find((field) => field.name === name)!.since;
};

/** A device that has everything a device can have. */
const PHONE = {
  serial_number: 'F2LACME00007',
  device_family: 'iPhone',
  model: 'iPhone 15',
  description: 'IPHONE 15 128GB BLACK-ZDD',
  color: 'BLACK',
  asset_tag: 'P-7',
  mdm_migration_deadline: '2026-05-01T00:00:00Z',
  imei: ['356938035643809'],
  meid: ['35693803564380'],
  eid: '89049032005008882600033489470000',
  wifi_mac_address: '00:1A:2B:3C:4D:5E',
  bluetooth_mac_address: '00:1A:2B:3C:4D:5F',
  ethernet_mac_address: '00:1A:2B:3C:4D:60',
  profile: PROFILE_UUID,
  profile_status: 'pushed',
};

const DEVICE_FIELDS = [
  'serial_number',
  'model',
  'description',
  'color',
  'asset_tag',
  'os',
  'device_family',
  'profile_status',
  'profile_uuid',
  'profile_assign_time',
  'profile_push_time',
  'device_assigned_date',
  'device_assigned_by',
  'mdm_migration_deadline',
  'imei',
  'meid',
  'eid',
  'wifi_mac_address',
  'bluetooth_mac_address',
  'ethernet_mac_address',
];

/** The members that the version of a request lets through, by the catalog. */
const visible = (names: readonly string[], version: number): string[] =>
  names.filter((name) => since(name) <= version).sort();

describe('the protocol version decides which members are seen', () => {
  let mdm: Mdm;

  before(async () => {
    mdm = await mdmOf({
      ...SCENARIO,
      devices: [PHONE, { serial_number: 'DMPACME00002', device_family: 'iPad' }],
    });
  });

  const SINCE: Readonly<Record<string, number>> = {
    os: 2,
    device_family: 2,
    support_email_address: 2,
    await_device_configured: 2,
    is_multi_user: 2,
    auto_advance_setup: 2,
    org_id: 3,
    org_id_hash: 3,
    org_type: 3,
    org_version: 3,
    urls: 3,
    mdm_migration_deadline: 8,
    imei: 10,
    meid: 10,
    eid: 10,
    wifi_mac_address: 10,
    bluetooth_mac_address: 10,
    ethernet_mac_address: 10,
    is_replacement_device: 10,
    released_by_replacement: 10,
  };
  for (const [name, version] of Object.entries(SINCE)) {
    it(`${name} from version ${version} on`, () => assert.equal(since(name), version));
  }

  for (const version of VERSIONS) {
    describe(nameOfVersion(version), () => {
      const counted = countsAs(version);

      it('of devices in fetch, sync and details', async () => {
        const fetched = (await mdm.call('POST', '/server/devices', { body: {}, version })).body;
        const [phone, pad] = fetched.devices;
        assert.deepEqual(Object.keys(phone).sort(), visible(DEVICE_FIELDS, counted));
        assert.equal(pad.os, counted < 2 ? undefined : counted < 7 ? 'iOS' : 'iPadOS');

        const detailsCall = { body: { devices: [PHONE.serial_number] }, version };
        const details = (await mdm.call('POST', '/devices', detailsCall)).body.devices[PHONE.serial_number];
        assert.deepEqual(
          Object.keys(details).sort(),
          visible([...DEVICE_FIELDS, 'response_status'], counted),
        );

        await mdm.portal({ mark_profile_fetched: [PHONE.serial_number] });
        const sync = { body: { cursor: fetched.cursor }, version };
        const [record] = (await mdm.call('POST', '/devices/sync', sync)).body.devices;
        assert.deepEqual(
          Object.keys(record).sort(),
          visible([...DEVICE_FIELDS, 'op_type', 'op_date'], counted),
        );
      });

      it('of the account', async () => {
        const { body } = await mdm.call('GET', '/account', { version });
        const names = DEP_FIELDS.account.fields.map(({ name }) => name);
        assert.deepEqual(Object.keys(body).sort(), visible(names, counted));
      });

      it('of profiles, when they are defined and when they are shown', async () => {
        const profile = {
          profile_name: 'Acme',
          url: 'https://mdm.acme.example/enroll',
          support_email_address: 'help@acme.example',
          await_device_configured: true,
        };
        const defined = await mdm.call('POST', '/profile', { body: profile, version });
        const path = `/profile?profile_uuid=${defined.body.profile_uuid}`;
        const shown = (await mdm.call('GET', path, { version: 10 })).body;
        // What an old version does not know is ignored, as any unknown member is.
        assert.equal('support_email_address' in shown, counted >= 2);
        assert.equal(shown.await_device_configured, counted >= 2);
        const old = (await mdm.call('GET', path, { version })).body;
        assert.equal('is_multi_user' in old, counted >= 2);
        assert.equal(old.profile_uuid, defined.body.profile_uuid);
      });

      it('and newer operations, which an old version gets as 404', async () => {
        const path = `/device/replacementDetails?device=${PHONE.serial_number}`;
        const answer = await mdm.call('GET', path, { version });
        assert.equal(answer.status, counted < 10 ? 404 : 400);
        assert.match(answer.headers['x-crabapple-why'] ?? '', counted < 10 ? /version 10/ : /replaces no/);
      });
    });
  }

  const ODD: readonly (readonly [sent: string, counts: number])[] = [
    ['', 1],
    ['0', 1],
    ['-3', 1],
    ['2.5', 1],
    ['03', 3],
    [' 3 ', 3],
    ['11', 10],
    ['4', 4],
    ['99999999999999999999', 1],
    ['v3', 1],
  ];
  for (const [sent, counts] of ODD) {
    it(`the header ${JSON.stringify(sent)} counts as ${counts}`, async () => {
      const { body } = await mdm.call('GET', '/account', { version: sent });
      assert.equal('org_id' in body, counts >= 3);
      const [phone] = (await mdm.call('POST', '/server/devices', { body: {}, version: sent })).body.devices;
      assert.equal('imei' in phone, counts >= 10);
      assert.equal('os' in phone, counts >= 2);
    });
  }

  it('times are whole seconds in UTC', async () => {
    const precise = await mdmOf({ ...SCENARIO, clock: { at: '2026-03-02T08:00:00.789Z', rate: 0 } });
    const { body } = await precise.call('POST', '/server/devices', { body: {}, version: 10 });
    assert.equal(body.fetched_until, '2026-03-02T08:00:00Z');
    for (const device of body.devices) {
      assert.match(device.device_assigned_date, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
      assert.ok(!('profile_assign_time' in device));
    }
  });
});
