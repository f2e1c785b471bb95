import assert from 'node:assert/strict';
import { type CallOptions, type Mdm, mdmOf } from './mdm.ts';
import { nameOfVersion, PROFILE_UUID, SCENARIO, SERIAL, VERSIONS } from './operations.ts';
import { assertRejected } from './rejected.ts';

const PATH = '/profile/devices';

const assign = (mdm: Mdm, body: object, options: CallOptions = {}, method = 'PUT') =>
  mdm.call(method, PATH, { body, version: 10, ...options });

const profileOf = (mdm: Mdm, serial: string) => {
  const { inventory, profiles } = mdm.organization.enrollment;
  const { profile, profileStatus } = inventory.state(inventory.find(serial)!);
  return [profiles.get(profile)?.profileUuid, profileStatus];
};

describe('PUT and POST /profile/devices', () => {
  for (const method of ['PUT', 'POST']) {
    for (const version of VERSIONS) {
      it(`${method} assigns, one result for each serial number: ${nameOfVersion(version)}`, async () => {
        const mdm = await mdmOf(SCENARIO);
        const devices = [SERIAL, SERIAL, 'F2LACME00003', 'UNKNOWN'];
        const answer = await assign(mdm, { profile_uuid: PROFILE_UUID, devices }, { version }, method);
        assert.deepEqual(answer.body, {
          profile_uuid: PROFILE_UUID,
          devices: { [SERIAL]: 'SUCCESS', F2LACME00003: 'NOT_ACCESSIBLE', UNKNOWN: 'NOT_ACCESSIBLE' },
        });
        assert.match(answer.headers['x-crabapple-why'] ?? '', /Second MDM.*and 1 more without success/);
        assert.deepEqual(profileOf(mdm, SERIAL), [PROFILE_UUID, 'assigned']);
        assert.deepEqual(profileOf(mdm, 'F2LACME00003'), [undefined, 'empty']);
      });
    }
  }

  for (const version of VERSIONS) {
    it(`rejects missing members and unknown profiles, and assigns nothing: ${nameOfVersion(version)}`, async () => {
      const mdm = await mdmOf(SCENARIO);
      const options = { version };
      for (const profile_uuid of [undefined, null, ''])
        assertRejected(
          await assign(mdm, { profile_uuid, devices: [SERIAL] }, options),
          'PROFILE_UUID_REQUIRED',
        );
      for (const devices of [undefined, null, []])
        assertRejected(
          await assign(mdm, { profile_uuid: PROFILE_UUID, devices }, options),
          'DEVICE_ID_REQUIRED',
        );
      const unknown = { profile_uuid: '0'.repeat(32), devices: [SERIAL] };
      assertRejected(await assign(mdm, unknown, options), 'PROFILE_NOT_FOUND', /Acme MDM/);
      assert.deepEqual(profileOf(mdm, SERIAL), [undefined, 'empty']);
    });
  }

  it('does not assign the profile of another MDM server', async () => {
    const mdm = await mdmOf(SCENARIO);
    const body = { profile_uuid: PROFILE_UUID, devices: ['F2LACME00003'] };
    assertRejected(await assign(mdm.other(1), body), 'PROFILE_NOT_FOUND', /Second MDM/);
  });

  describe('of a device in cooldown', () => {
    for (const version of VERSIONS) {
      const counted = typeof version === 'number' ? version : 1;
      const word = counted >= 9 ? 'THROTTLED' : 'FAILED';
      it(`is ${word}${counted >= 10 ? ' with retry_after_seconds' : ''}: ${nameOfVersion(version)}`, async () => {
        const mdm = await mdmOf(SCENARIO);
        await mdm.portal({ throttle_devices: { devices: [SERIAL], for: '90500ms' } });
        const devices = [SERIAL, 'DMPACME00002'];
        const { body } = await assign(mdm, { profile_uuid: PROFILE_UUID, devices }, { version });
        assert.deepEqual(body.devices, { [SERIAL]: word, DMPACME00002: 'SUCCESS' });
        assert.equal(body.retry_after_seconds, counted >= 10 ? 91 : undefined);
        assert.deepEqual(profileOf(mdm, SERIAL), [undefined, 'empty']);
        mdm.advance(90_500);
        const later = await assign(mdm, { profile_uuid: PROFILE_UUID, devices }, { version });
        assert.deepEqual(later.body.devices, { [SERIAL]: 'SUCCESS', DMPACME00002: 'SUCCESS' });
        assert.ok(!('retry_after_seconds' in later.body));
      });
    }

    it('names the longest of several cooldowns', async () => {
      const mdm = await mdmOf(SCENARIO);
      await mdm.portal({ throttle_devices: { devices: [SERIAL], for: '10m' } });
      await mdm.portal({ throttle_devices: { devices: ['DMPACME00002'], for: '5m' } });
      const devices = [SERIAL, 'DMPACME00002'];
      const { body } = await assign(mdm, { profile_uuid: PROFILE_UUID, devices });
      assert.equal(body.retry_after_seconds, 600);
    });
  });

  it('takes 1,001 devices, with advice', async () => {
    const mdm = await mdmOf({ ...SCENARIO, devices: [{ generate: 1001 }] });
    const pages = await mdm.pages('/server/devices', { limit: 1000 });
    const devices = pages.flatMap(({ body }) => body.devices).map(({ serial_number }) => serial_number);
    const answer = await assign(mdm, { profile_uuid: PROFILE_UUID, devices });
    assert.equal(Object.values(answer.body.devices).filter((word) => word === 'SUCCESS').length, 1001);
    assert.match(answer.headers['x-crabapple-why'] ?? '', /1001 devices.*at most 1000/);
  });

  it('returns 405 with the allowed methods if assign_methods excludes the method', async () => {
    const mdm = await mdmOf({ ...SCENARIO, behavior: { dep: { assign_methods: 'put' } } });
    const answer = await assign(mdm, { profile_uuid: PROFILE_UUID, devices: [SERIAL] }, {}, 'POST');
    assert.deepEqual([answer.status, answer.text, answer.headers.allow], [405, '', 'PUT, DELETE']);
  });

  it('assigns anew over a profile that was pushed or removed', async () => {
    const mdm = await mdmOf(SCENARIO);
    const body = { profile_uuid: PROFILE_UUID, devices: [SERIAL] };
    await assign(mdm, body);
    await mdm.portal({ mark_profile_fetched: [SERIAL] });
    assert.deepEqual(profileOf(mdm, SERIAL), [PROFILE_UUID, 'pushed']);
    await assign(mdm, body);
    assert.deepEqual(profileOf(mdm, SERIAL), [PROFILE_UUID, 'assigned']);
    await mdm.call('DELETE', PATH, { body });
    assert.deepEqual(profileOf(mdm, SERIAL), [PROFILE_UUID, 'removed']);
    await assign(mdm, body);
    assert.deepEqual(profileOf(mdm, SERIAL), [PROFILE_UUID, 'assigned']);
  });
});

describe('DELETE /profile/devices', () => {
  const remove = (mdm: Mdm, body: object) => mdm.call('DELETE', PATH, { body });

  it('takes the profile away, with or without naming it', async () => {
    for (const profile_uuid of [undefined, null, '', PROFILE_UUID, PROFILE_UUID.toLowerCase()]) {
      const mdm = await mdmOf(SCENARIO);
      await assign(mdm, { profile_uuid: PROFILE_UUID, devices: [SERIAL] });
      const { body } = await remove(mdm, { profile_uuid, devices: [SERIAL, 'F2LACME00003', 'UNKNOWN'] });
      assert.deepEqual(body, {
        devices: { [SERIAL]: 'SUCCESS', F2LACME00003: 'NOT_ACCESSIBLE', UNKNOWN: 'NOT_ACCESSIBLE' },
      });
      assert.deepEqual(profileOf(mdm, SERIAL), [PROFILE_UUID, 'removed']);
    }
  });

  it('is SUCCESS where there was none, and alters nothing', async () => {
    const mdm = await mdmOf(SCENARIO);
    const { lastEvent } = mdm.organization.enrollment;
    assert.deepEqual((await remove(mdm, { devices: [SERIAL] })).body.devices, { [SERIAL]: 'SUCCESS' });
    assert.equal(mdm.organization.enrollment.lastEvent, lastEvent);
  });

  it('is FAILED where another profile is named', async () => {
    const mdm = await mdmOf(SCENARIO);
    await assign(mdm, { profile_uuid: PROFILE_UUID, devices: [SERIAL] });
    const { body } = await remove(mdm, { profile_uuid: '0'.repeat(32), devices: [SERIAL] });
    assert.deepEqual(body.devices, { [SERIAL]: 'FAILED' });
    assert.deepEqual(profileOf(mdm, SERIAL), [PROFILE_UUID, 'assigned']);
  });

  it('answers DEVICE_ID_REQUIRED without devices', async () => {
    const mdm = await mdmOf(SCENARIO);
    for (const devices of [undefined, null, []])
      assertRejected(await remove(mdm, { profile_uuid: PROFILE_UUID, devices }), 'DEVICE_ID_REQUIRED');
  });
});
