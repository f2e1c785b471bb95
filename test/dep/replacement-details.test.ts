import assert from 'node:assert/strict';
import { type Mdm, mdmOf } from './mdm.ts';
import { SCENARIO, SERIAL } from './operations.ts';
import { assertRejected } from './rejected.ts';

const NEW = 'C02ACME00009';

const ask = (mdm: Mdm, query: string) =>
  mdm.call('GET', `/device/replacementDetails${query}`, { version: 10 });

describe('GET /device/replacementDetails', () => {
  let mdm: Mdm;

  before(async () => {
    mdm = await mdmOf({ ...SCENARIO, clock: { at: '2026-03-02T23:59:59Z', rate: 0 } });
    await mdm.portal({ replace_devices: [{ device: SERIAL, replacement: { serial_number: NEW } }] });
  });

  it('names the device that was replaced, and the day', async () => {
    const { body } = await ask(mdm, `?device=${NEW}`);
    assert.deepEqual(body, {
      serial_number: NEW,
      original_device_serial_number: SERIAL,
      replacement_date: '2026-03-02',
    });
  });

  it('answers DEVICE_ID_REQUIRED without a serial number', async () => {
    for (const query of ['', '?', '?device=', '?serial_number=X', '?DEVICE=X'])
      assertRejected(await ask(mdm, query), 'DEVICE_ID_REQUIRED', /query parameter/);
  });

  const MISSES: readonly (readonly [what: string, query: string, why: RegExp])[] = [
    ['an unknown one', '?device=UNKNOWN', /no device of the organization/],
    ['one that is no replacement', '?device=DMPACME00002', /replaces no other/],
    ['the one that was replaced', `?device=${SERIAL}`, /belongs to no MDM server/],
    ['one of another MDM server', '?device=F2LACME00003', /Second MDM/],
    ['half of an escape', '?device=%E0%A4%A', /no device/],
    ['characters beyond Latin', '?device=%F0%9F%8D%8F', /no device/],
  ];
  for (const [what, query, why] of MISSES) {
    it(`answers DEVICE_NOT_FOUND to ${what}`, async () => {
      assertRejected(await ask(mdm, query), 'DEVICE_NOT_FOUND', why);
    });
  }

  it('returns the details of a replacement that was replaced itself', async () => {
    const chain = await mdmOf(SCENARIO);
    await chain.portal({ replace_devices: [{ device: SERIAL, replacement: { serial_number: NEW } }] });
    await chain.portal({
      replace_devices: [{ device: NEW, replacement: { serial_number: 'C02ACME00010' } }],
    });
    assert.equal((await ask(chain, '?device=C02ACME00010')).body.original_device_serial_number, NEW);
    assertRejected(await ask(chain, `?device=${NEW}`), 'DEVICE_NOT_FOUND');
  });
});
