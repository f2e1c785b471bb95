import assert from 'node:assert/strict';
import { type Mdm, mdmOf } from './mdm.ts';
import { SCENARIO, SERIAL } from './operations.ts';
import { assertRejected } from './rejected.ts';

const lock = (mdm: Mdm, body: object) => mdm.call('POST', '/device/activationlock', { body });

describe('POST /device/activationlock', () => {
  it('locks a device once', async () => {
    const mdm = await mdmOf(SCENARIO);
    const body = { device: SERIAL, escrow_key: 'a'.repeat(64), lost_message: 'Please return to Acme' };
    assert.deepEqual((await lock(mdm, body)).body, { serial_number: SERIAL, response_status: 'SUCCESS' });
    assert.equal((await lock(mdm, body)).body.response_status, 'DEVICE_ALREADY_LOCKED');
  });

  it('takes "" and null for what is not set, as micromdm sends it', async () => {
    const mdm = await mdmOf(SCENARIO);
    for (const [device, nothing] of [
      [SERIAL, ''],
      ['DMPACME00002', null],
    ] as const) {
      const { body } = await lock(mdm, { device, escrow_key: nothing, lost_message: nothing });
      assert.equal(body.response_status, 'SUCCESS');
    }
  });

  it('returns 200 with NOT_ACCESSIBLE for unknown devices and devices of another MDM server', async () => {
    const mdm = await mdmOf(SCENARIO);
    for (const device of ['UNKNOWN', 'F2LACME00003', '__proto__']) {
      const answer = await lock(mdm, { device });
      assert.equal(answer.status, 200);
      assert.deepEqual(answer.body, { serial_number: device, response_status: 'NOT_ACCESSIBLE' });
      assert.match(answer.headers['x-crabapple-why'] ?? '', new RegExp(device));
    }
  });

  it('answers ORG_NOT_SUPPORTED for an organization without, DEVICE_NOT_SUPPORTED for an Apple TV', async () => {
    const without = await mdmOf({ ...SCENARIO, organization: { activation_lock: false } });
    assert.equal((await lock(without, { device: SERIAL })).body.response_status, 'ORG_NOT_SUPPORTED');
    const devices = [{ serial_number: 'TV1', device_family: 'AppleTV' }];
    const television = await mdmOf({ ...SCENARIO, devices });
    assert.equal((await lock(television, { device: 'TV1' })).body.response_status, 'DEVICE_NOT_SUPPORTED');
  });

  it('answers MALFORMED_REQUEST_BODY without a device', async () => {
    const mdm = await mdmOf(SCENARIO);
    for (const body of [{}, { device: '' }, { device: null }, { device: [SERIAL] }])
      assertRejected(await lock(mdm, body), 'MALFORMED_REQUEST_BODY', /device/);
  });
});
