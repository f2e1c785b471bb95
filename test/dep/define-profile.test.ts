import assert from 'node:assert/strict';
import type { DepErrorName } from '../../src/services/dep/errors.ts';
import { type Mdm, mdmOf } from './mdm.ts';
import { nameOfVersion, SCENARIO, SERIAL, VERSIONS } from './operations.ts';
import { assertRejected } from './rejected.ts';

const GOOD = { profile_name: 'Acme default', url: 'https://mdm.acme.example/enroll' };

const define = (mdm: Mdm, profile: object, version: number | string | undefined = 10) =>
  mdm.call('POST', '/profile', { body: profile, version });

interface Rejection {
  readonly error: DepErrorName;
  readonly profiles: readonly object[];
  readonly behavior?: object;
  /** First version that has the member. */
  readonly since?: number;
}

const longUrl = (length: number): string => 'https://mdm.acme.example/'.padEnd(length, 'a');

const REJECTIONS: readonly Rejection[] = [
  {
    error: 'CONFIG_NAME_REQUIRED',
    profiles: [{ profile_name: undefined }, { profile_name: null }],
  },
  {
    error: 'CONFIG_NAME_INVALID',
    profiles: [{ profile_name: '' }, { profile_name: 'n'.repeat(126) }, { profile_name: '🍏'.repeat(126) }],
  },
  { error: 'CONFIG_URL_REQUIRED', profiles: [{ url: undefined }, { url: null }] },
  {
    error: 'CONFIG_URL_INVALID',
    profiles: [
      { url: '' },
      { url: longUrl(2001) },
      { url: 'mdm.acme.example' },
      { url: 'https://mdm.acme.example/two words' },
      { url: 'https://mdm.acme.example/50%' },
      { url: 'https://mdm.acme.example/ü' },
      { url: 'https://[mdm' },
    ],
  },
  {
    error: 'DEPARTMENT_INVALID',
    profiles: [{ department: '' }, { department: 'd'.repeat(126) }],
  },
  {
    error: 'SUPPORT_PHONE_INVALID',
    profiles: [{ support_phone_number: '' }, { support_phone_number: '1'.repeat(51) }],
  },
  {
    error: 'SUPPORT_EMAIL_INVALID',
    since: 2,
    profiles: [{ support_email_address: '' }, { support_email_address: 'e'.repeat(251) }],
  },
  { error: 'MAGIC_INVALID', profiles: [{ org_magic: 'm'.repeat(257) }] },
  { error: 'MAGIC_INVALID', profiles: [{ org_magic: '' }], behavior: { define_magic: 'strict' } },
  {
    error: 'FLAGS_INVALID',
    profiles: [{ is_mdm_removable: false }, { is_mdm_removable: false, is_supervised: false }],
  },
  {
    error: 'LOCALE_INVALID',
    profiles: [
      { language: 'klingon' },
      { language: '' },
      { language: 'xx' },
      { region: 'usa' },
      { region: 'ZZZ' },
      { language: 'de', region: '1' },
    ],
  },
  {
    error: 'DEPARTMENT_REQUIRED',
    profiles: [{ support_phone_number: '1' }],
    behavior: { define_required: 'archived' },
  },
  {
    error: 'SUPPORT_PHONE_REQUIRED',
    profiles: [{ department: 'IT' }],
    behavior: { define_required: 'archived' },
  },
  {
    error: 'NOT_FOUND',
    profiles: [{ devices: [SERIAL, 'UNKNOWN'] }],
    behavior: { define_unknown_serial: 'not_found' },
  },
];

describe('POST /profile', () => {
  for (const { error, profiles, behavior, since = 1 } of REJECTIONS) {
    it(`answers ${error}${behavior === undefined ? '' : ` by ${JSON.stringify(behavior)}`}, and defines nothing`, async () => {
      const mdm = await mdmOf({ ...SCENARIO, behavior: { dep: behavior ?? {} } });
      const before = mdm.organization.enrollment.profiles.all().length;
      for (const profile of profiles) assertRejected(await define(mdm, { ...GOOD, ...profile }), error);
      for (const version of VERSIONS) {
        if ((typeof version === 'number' ? version : 1) >= since)
          assertRejected(await define(mdm, { ...GOOD, ...profiles[0] }, version), error);
      }
      assert.equal(mdm.organization.enrollment.profiles.all().length, before);
    });
  }

  const TAKEN: readonly (readonly [what: string, profile: object])[] = [
    [
      'the longest texts',
      {
        profile_name: '🍏'.repeat(125),
        url: longUrl(2000),
        department: 'd'.repeat(125),
        support_phone_number: '1'.repeat(50),
        support_email_address: 'e'.repeat(250),
        org_magic: 'm'.repeat(256),
      },
    ],
    ['an empty org_magic, as nanodep, micromdm and Fleet send it', { org_magic: '' }],
    ['no devices in each form', { devices: null }],
    ['an empty list of devices', { devices: [] }],
    ['unknown members', { supervised: true, anything: { deep: [1] } }],
    ['unknown skip items', { skip_setup_items: ['Siri', 'NoSuchPane', ''] }],
    ['is_mdm_removable false while supervised', { is_mdm_removable: false, is_supervised: true }],
    ['languages and regions', { language: 'de', region: 'CH' }],
    ['a language of three letters', { language: 'yue' }],
    ['a URL with an IPv6 literal', { url: 'https://[2001:db8::1]:8443/mdm/enroll?x=%20y#f' }],
  ];
  for (const [what, profile] of TAKEN) {
    it(`takes ${what}`, async () => {
      const { status, text, body } = await define(await mdmOf(SCENARIO), { ...GOOD, ...profile });
      assert.equal(status, 200, text);
      assert.match(body.profile_uuid, /^[0-9A-F]{32}$/);
      assert.deepEqual(Object.keys(body), ['profile_uuid']);
    });
  }

  for (const version of VERSIONS) {
    it(`assigns it to the devices that it names: ${nameOfVersion(version)}`, async () => {
      const mdm = await mdmOf(SCENARIO);
      const devices = [SERIAL, SERIAL, 'F2LACME00003', 'UNKNOWN', '__proto__'];
      const { text, body } = await define(mdm, { ...GOOD, devices }, version);
      assert.equal(body.devices[SERIAL], 'SUCCESS');
      assert.equal(body.devices.F2LACME00003, 'NOT_ACCESSIBLE');
      assert.equal(body.devices.UNKNOWN, 'NOT_ACCESSIBLE');
      assert.ok(text.includes('"__proto__":"NOT_ACCESSIBLE"'));
      const details = await mdm.call('POST', '/devices', { body: { devices: [SERIAL] } });
      assert.equal(details.body.devices[SERIAL].profile_uuid, body.profile_uuid);
      assert.equal(details.body.devices[SERIAL].profile_status, 'assigned');
    });
  }

  it('answers FAILED for a device in cooldown', async () => {
    const mdm = await mdmOf(SCENARIO);
    await mdm.portal({ throttle_devices: { devices: [SERIAL] } });
    const { body } = await define(mdm, { ...GOOD, devices: [SERIAL] });
    assert.deepEqual(body.devices, { [SERIAL]: 'FAILED' });
    assert.ok(!('retry_after_seconds' in body));
  });

  it('makes another profile each time', async () => {
    const mdm = await mdmOf(SCENARIO);
    const one = (await define(mdm, GOOD)).body.profile_uuid;
    const two = (await define(mdm, GOOD)).body.profile_uuid;
    assert.notEqual(one, two);
  });

  it('takes 1,001 devices', async () => {
    const mdm = await mdmOf({ ...SCENARIO, devices: [{ generate: 1001 }] });
    const pages = await mdm.pages('/server/devices', { limit: 1000 });
    const devices = pages.flatMap(({ body }) => body.devices).map(({ serial_number }) => serial_number);
    const { body } = await define(mdm, { ...GOOD, devices });
    assert.equal(Object.values(body.devices).filter((word) => word === 'SUCCESS').length, 1001);
  });
});
