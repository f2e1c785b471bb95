import assert from 'node:assert/strict';
import { mdmOf } from './mdm.ts';
import { SCENARIO, SERIAL } from './operations.ts';
import { assertRejected } from './rejected.ts';

const ask = (mdm: Awaited<ReturnType<typeof mdmOf>>, devices: unknown) =>
  mdm.call('POST', '/devices', { body: { devices }, version: 10 });

describe('POST /devices', () => {
  for (const devices of [undefined, null, []]) {
    it(`answers DEVICE_ID_REQUIRED to ${JSON.stringify(devices)}`, async () => {
      assertRejected(await ask(await mdmOf(SCENARIO), devices), 'DEVICE_ID_REQUIRED', /serial number/);
    });
  }

  for (const devices of ['C02ACME00001', [1], [null], [['C02ACME00001']], { 0: SERIAL }]) {
    it(`answers MALFORMED_REQUEST_BODY to ${JSON.stringify(devices)}`, async () => {
      assertRejected(await ask(await mdmOf(SCENARIO), devices), 'MALFORMED_REQUEST_BODY', /devices/);
    });
  }

  it('shows own devices, and says NOT_ACCESSIBLE of all others', async () => {
    const mdm = await mdmOf(SCENARIO);
    const answer = await ask(mdm, [SERIAL, 'F2LACME00003', 'UNKNOWN', '', SERIAL.toLowerCase()]);
    assert.equal(answer.status, 200);
    assert.equal(answer.body.devices[SERIAL].response_status, 'SUCCESS');
    assert.equal(answer.body.devices[SERIAL].asset_tag, 'A-1');
    for (const serial of ['F2LACME00003', 'UNKNOWN', '', SERIAL.toLowerCase()])
      assert.deepEqual(answer.body.devices[serial], { response_status: 'NOT_ACCESSIBLE' }, serial);
    assert.match(
      answer.headers['x-crabapple-why'] ?? '',
      /F2LACME00003 belongs to the MDM server "Second MDM"/,
    );
  });

  it('answers for 1,001 serial numbers and more', async () => {
    const mdm = await mdmOf({ ...SCENARIO, devices: [{ generate: 1001 }] });
    const pages = await mdm.pages('/server/devices', { limit: 1000 });
    const serials = pages.flatMap(({ body }) => body.devices).map(({ serial_number }) => serial_number);
    const { body } = await ask(mdm, serials);
    assert.equal(Object.keys(body.devices).length, 1001);
    assert.ok(serials.every((serial) => body.devices[serial].response_status === 'SUCCESS'));
  });

  it('treats `__proto__` and the like as unknown serial numbers', async () => {
    const mdm = await mdmOf(SCENARIO);
    for (const serial of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '\u0000', '🍏']) {
      for (const [method, path] of [
        ['POST', '/devices'],
        ['POST', '/devices/disown'],
        ['DELETE', '/profile/devices'],
      ] as const) {
        const { text } = await mdm.call(method, path, { raw: JSON.stringify({ devices: [serial] }) });
        assert.ok(text.includes(`${JSON.stringify(serial)}:`), text);
        assert.ok(text.includes('NOT_ACCESSIBLE'), text);
      }
    }
  });

  it('reads the members of the body alone, not those that every object inherits', async () => {
    const mdm = await mdmOf(SCENARIO);
    const raw = '{"__proto__": {"devices": ["C02ACME00001"]}}';
    assertRejected(await mdm.call('POST', '/devices', { raw }), 'DEVICE_ID_REQUIRED');
  });
});
