import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createIdentifierNumbers } from '../../../src/organization/inventory/device-identifiers.ts';

const phone = { device_family: 'iPhone', cellular: true, ethernet: false } as const;
const ipad = { device_family: 'iPad', cellular: true, ethernet: false } as const;
const mac = { device_family: 'Mac', cellular: false, ethernet: true } as const;

const anyOrdinal = fc.integer({ min: 0, max: 2 ** 28 - 1 });

/** By a second reading of Luhn's formula, from the right. */
function luhn(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, place) => {
    const counted = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return sum + Math.floor(counted / 10) + (counted % 10);
  }, 0);
}

describe('identifiers of generated devices', () => {
  const { identifiersOf } = createIdentifierNumbers('1');

  it('an IMEI has fifteen digits with a correct check digit, and an iPhone has two IMEIs', () => {
    fc.assert(
      fc.property(anyOrdinal, (ordinal) => {
        const imeis = identifiersOf(phone, ordinal).imei ?? [];
        assert.equal(imeis.length, 2);
        assert.equal(identifiersOf(ipad, ordinal).imei?.length, 1);
        for (const imei of imeis) {
          assert.match(imei, /^35\d{13}$/);
          assert.equal(luhn(imei) % 10, 0, imei);
        }
      }),
    );
  });

  it('an MEID is the IMEI without its check digit', () => {
    const { imei, meid } = identifiersOf(phone, 5);
    assert.deepEqual(meid, [imei?.[0]?.slice(0, 14)]);
  });

  it('an EID has thirty-two digits that leave one modulo 97', () => {
    fc.assert(
      fc.property(anyOrdinal, (ordinal) => {
        const { eid = '' } = identifiersOf(phone, ordinal);
        assert.match(eid, /^89049032\d{24}$/);
        assert.equal(BigInt(eid) % 97n, 1n, eid);
      }),
    );
  });

  it('the addresses of a device are consecutive: Wi-Fi, Bluetooth, Ethernet', () => {
    fc.assert(
      fc.property(anyOrdinal, (ordinal) => {
        const { wifi_mac_address, bluetooth_mac_address, ethernet_mac_address } = identifiersOf(mac, ordinal);
        const addresses = [wifi_mac_address, bluetooth_mac_address, ethernet_mac_address].map(
          (address = '') => {
            assert.match(address, /^[0-9A-F]{2}(:[0-9A-F]{2}){5}$/);
            // Given out by the manufacturer, and of one device alone.
            assert.equal(Number.parseInt(address.slice(0, 2), 16) & 3, 0);
            return Number.parseInt(address.replaceAll(':', ''), 16);
          },
        );
        assert.deepEqual(addresses, [addresses[0]!, addresses[0]! + 1, addresses[0]! + 2]);
      }),
    );
  });

  it('exist if the device has the radio or port', () => {
    const named = (radios: Parameters<typeof identifiersOf>[0]) =>
      Object.entries(identifiersOf(radios, 1))
        .filter(([, value]) => value !== undefined)
        .map(([name]) => name);
    const everywhere = ['wifi_mac_address', 'bluetooth_mac_address'];
    assert.deepEqual(named(phone), ['imei', 'meid', 'eid', ...everywhere]);
    assert.deepEqual(named(mac), [...everywhere, 'ethernet_mac_address']);
    assert.deepEqual(named({ ...ipad, cellular: false }), everywhere);
  });

  it('are unique', () => {
    const seen = new Set<string>();
    const devices = 50_000;
    for (let ordinal = 0; ordinal < devices; ordinal += 1) {
      const { imei, eid, wifi_mac_address } = identifiersOf(phone, ordinal);
      for (const identifier of [...imei!, eid!, wifi_mac_address!]) seen.add(identifier);
    }
    assert.equal(seen.size, devices * 4);
  });

  it('depend on the seed only', () => {
    assert.deepEqual(createIdentifierNumbers('1').identifiersOf(phone, 9), identifiersOf(phone, 9));
    assert.notDeepEqual(createIdentifierNumbers('2').identifiersOf(phone, 9), identifiersOf(phone, 9));
  });

  it('do not run out', () => {
    assert.match(identifiersOf(mac, 2 ** 40).wifi_mac_address ?? '', /^..:/);
  });
});
