import assert from 'node:assert/strict';
import { mdmOf } from './mdm.ts';
import { PROFILE_UUID, SCENARIO, SERIAL } from './operations.ts';
import { assertRejected } from './rejected.ts';

describe('POST /devices/disown', () => {
  it('answers DEVICE_ID_REQUIRED without serial numbers', async () => {
    const mdm = await mdmOf(SCENARIO);
    for (const body of [{}, { devices: [] }, { devices: null }])
      assertRejected(await mdm.call('POST', '/devices/disown', { body }), 'DEVICE_ID_REQUIRED');
  });

  it('gives up own devices for good, and no others', async () => {
    const mdm = await mdmOf(SCENARIO);
    const devices = [SERIAL, 'F2LACME00003', 'UNKNOWN'];
    const { body } = await mdm.call('POST', '/devices/disown', { body: { devices } });
    assert.deepEqual(body, {
      devices: { [SERIAL]: 'SUCCESS', F2LACME00003: 'NOT_ACCESSIBLE', UNKNOWN: 'NOT_ACCESSIBLE' },
    });
    const again = await mdm.call('POST', '/devices/disown', { body: { devices: [SERIAL] } });
    assert.deepEqual(again.body.devices, { [SERIAL]: 'NOT_ACCESSIBLE' });
    const assign = { profile_uuid: PROFILE_UUID, devices: [SERIAL] };
    const put = await mdm.call('PUT', '/profile/devices', { body: assign });
    assert.deepEqual(put.body.devices, { [SERIAL]: 'NOT_ACCESSIBLE' });
    for (const action of [
      { move_devices: { devices: [SERIAL], mdm_server: 'Second MDM' } },
      { add_devices: [{ serial_number: SERIAL }] },
    ])
      await assert.rejects(mdm.portal(action), /was disowned/);
    const left = await mdm.pages('/server/devices', {});
    assert.deepEqual(
      left.flatMap(({ body }) => body.devices).map(({ serial_number }) => serial_number),
      ['DMPACME00002'],
    );
  });

  it('gives up a device once, however often it is named', async () => {
    const mdm = await mdmOf(SCENARIO);
    const { body } = await mdm.call('POST', '/devices/disown', { body: { devices: [SERIAL, SERIAL] } });
    assert.deepEqual(body.devices, { [SERIAL]: 'SUCCESS' });
  });
});
