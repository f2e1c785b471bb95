import assert from 'node:assert/strict';
import { type Mdm, mdmOf } from './mdm.ts';
import { nameOfVersion, PROFILE_UUID, SCENARIO, VERSIONS } from './operations.ts';
import { assertRejected } from './rejected.ts';

const get = (mdm: Mdm, query: string, version: number | string | undefined = 10) =>
  mdm.call('GET', `/profile${query}`, { version });

describe('GET /profile', () => {
  it('shows every member as it was defined, defaults filled in, and no devices', async () => {
    const mdm = await mdmOf(SCENARIO);
    const profile = {
      profile_name: 'Täst 🍏',
      url: 'https://mdm.acme.example/enroll',
      allow_pairing: false,
      is_supervised: true,
      is_mandatory: true,
      is_mdm_removable: false,
      is_multi_user: true,
      await_device_configured: true,
      auto_advance_setup: true,
      support_phone_number: '+1 555 0100',
      support_email_address: 'help@acme.example',
      department: 'IT',
      org_magic: 'MAGIC',
      anchor_certs: ['QUJD'],
      supervising_host_certs: [],
      skip_setup_items: ['Siri', 'Zoom'],
      language: 'en',
      region: 'US',
      configuration_web_url: 'https://mdm.acme.example/login',
      is_return_to_service: true,
      do_not_use_profile_from_backup: true,
    };
    const call = { body: { ...profile, devices: ['UNKNOWN'], unknown: 1 }, version: 10 };
    const { profile_uuid } = (await mdm.call('POST', '/profile', call)).body;
    assert.deepEqual((await get(mdm, `?profile_uuid=${profile_uuid}`)).body, { ...profile, profile_uuid });
    const { body } = await get(mdm, `?profile_uuid=${PROFILE_UUID}`);
    assert.deepEqual(body, {
      allow_pairing: true,
      is_supervised: false,
      is_mandatory: false,
      is_mdm_removable: true,
      is_multi_user: false,
      await_device_configured: false,
      auto_advance_setup: false,
      profile_name: 'Acme default',
      url: 'https://mdm.acme.example/enroll',
      profile_uuid: PROFILE_UUID,
    });
  });

  it('finds it in lower case and with dashes', async () => {
    const mdm = await mdmOf(SCENARIO);
    const dashed = PROFILE_UUID.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    for (const uuid of [PROFILE_UUID.toLowerCase(), dashed, dashed.toLowerCase()]) {
      const { body } = await get(mdm, `?profile_uuid=${uuid}`);
      assert.equal(body.profile_uuid, PROFILE_UUID);
    }
  });

  for (const version of VERSIONS) {
    it(`answers PROFILE_UUID_REQUIRED and NOT_FOUND: ${nameOfVersion(version)}`, async () => {
      const mdm = await mdmOf(SCENARIO);
      for (const query of ['', '?profile_uuid=', '?uuid=1'])
        assertRejected(await get(mdm, query, version), 'PROFILE_UUID_REQUIRED', /query parameter/);
      for (const uuid of ['0'.repeat(32), 'x', '__proto__', '%00', '%'])
        assertRejected(
          await get(mdm, `?profile_uuid=${uuid}`, version),
          'NOT_FOUND',
          /has defined no profile/,
        );
    });
  }

  it('returns NOT_FOUND for a profile of another MDM server', async () => {
    const mdm = await mdmOf(SCENARIO);
    assertRejected(await get(mdm.other(1), `?profile_uuid=${PROFILE_UUID}`), 'NOT_FOUND', /Second MDM/);
  });
});
