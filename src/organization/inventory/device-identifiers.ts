import { createPermutation } from '../../core/permutation.ts';
import type { DeviceIdentifiers } from './device-facts.ts';
import type { ModelVariant } from './model-variant.ts';

/** The radios and ports on which identifiers depend. */
export type Radios = Pick<ModelVariant, 'device_family' | 'cellular' | 'ethernet'>;

/**
 * Identifiers of the devices of an organization, each a keyed permutation of the device's ordinal: two
 * of them never share one, unless there are more than the 2^28 that the smallest range (MAC addresses) has room for.
 */
export interface IdentifierNumbers {
  /** @param ordinal how many devices were added before this one */
  identifiersOf(radios: Radios, ordinal: number): DeviceIdentifiers;
}

/** The reporting body of most type allocation codes of iPhones; the other twelve digits before the check digit are ours. */
const REPORTING_BODY = '35';
/** Half of what twelve digits hold: a phone takes two in a row, as seen in public fixtures of real ones. */
const PHONES = 5e11;

/** Start of the EID of many iPhones. Twelve digits and two check digits follow. */
const EID_PREFIX = '890490320040088826';

/** Wi-Fi, Bluetooth, Ethernet, and one that is never shown. */
const ADDRESSES_OF_A_DEVICE = 4;

/** Registered by Apple: https://standards-oui.ieee.org/oui/oui.csv */
const OUIS: readonly string[] = [
  ...['00:03:93', '00:0A:27', '00:0A:95', '00:0D:93', '00:11:24', '00:14:51', '00:16:CB', '00:17:F2'],
  ...['00:19:E3', '00:1B:63', '00:1C:B3', '00:1D:4F', '00:1E:52', '00:1E:C2', '00:1F:5B', '00:1F:F3'],
  ...['00:21:E9', '00:22:41', '00:23:12', '00:23:32', '00:23:6C', '00:23:DF', '00:24:36', '00:25:00'],
  ...['00:25:4B', '00:25:BC', '00:26:08', '00:26:4A', '00:26:B0', '00:26:BB', '04:15:52', '08:70:45'],
  ...['0C:30:21', '0C:BC:9F', '10:93:E9', '10:9A:DD', '18:20:32', '28:CF:E9', '28:E0:2C', '28:E1:4C'],
  ...['3C:07:54', '3C:15:C2', '3C:22:FB', '40:4D:7F', '40:6C:8F', '4C:8D:79', '68:A8:6D', '6C:40:08'],
  ...['78:4F:43', '7C:D1:C3', '88:66:5A', '8C:85:90', 'A4:83:E7', 'A8:66:7F', 'AC:BC:32', 'B0:65:BD'],
  ...['B8:E8:56', 'BC:52:B7', 'C8:2A:14', 'CC:25:EF', 'DC:2B:61', 'DC:A9:04', 'F0:18:98', 'F4:5C:89'],
];
const DEVICES_OF_AN_OUI = 2 ** 24 / ADDRESSES_OF_A_DEVICE;

export function createIdentifierNumbers(seed: string): IdentifierNumbers {
  const phones = createPermutation(`mobile equipment\u0000${seed}`, PHONES);
  const addresses = createPermutation(`MAC addresses\u0000${seed}`, OUIS.length * DEVICES_OF_AN_OUI);

  return {
    identifiersOf({ device_family, cellular, ethernet }, ordinal) {
      const block = addresses.forward(ordinal % addresses.size);
      const oui = OUIS[Math.floor(block / DEVICES_OF_AN_OUI)]!;
      const address = (block % DEVICES_OF_AN_OUI) * ADDRESSES_OF_A_DEVICE;
      const ports = {
        wifi_mac_address: macAddress(oui, address),
        bluetooth_mac_address: macAddress(oui, address + 1),
        ethernet_mac_address: ethernet ? macAddress(oui, address + 2) : undefined,
      };
      if (!cellular) return ports;
      const { wifi_mac_address, bluetooth_mac_address, ethernet_mac_address } = ports;
      const place = phones.forward(ordinal % phones.size);
      const first = twelveDigits(place * 2);
      const imei = imeiOf(first);
      return {
        imei: device_family === 'iPhone' ? [imei, imeiOf(twelveDigits(place * 2 + 1))] : [imei],
        // A device with both has the IMEI without its check digit as its MEID.
        meid: [equipmentOf(first)],
        eid: eidOf(twelveDigits(place)),
        wifi_mac_address,
        bluetooth_mac_address,
        ethernet_mac_address,
      };
    },
  };
}

/** Twelve digits in two halves, since remainders of integers below 2^31 are fast. */
interface TwelveDigits {
  readonly high: number;
  readonly low: number;
}

function twelveDigits(number: number): TwelveDigits {
  const high = Math.floor(number / 1e6);
  return { high, low: number - high * 1e6 };
}

const PAIRS: readonly string[] = Array.from({ length: 100 }, (_, pair) => String(pair).padStart(2, '0'));

const textOfSix = (half: number): string =>
  `${PAIRS[Math.floor(half / 10_000)]}${PAIRS[Math.floor(half / 100) % 100]}${PAIRS[half % 100]}`;

/** The sum of two digits in the Luhn formula, which doubles every second one. */
const PAIR_SUMS: readonly number[] = PAIRS.map((pair) => {
  const doubled = Number(pair[1]) * 2;
  return Number(pair[0]) + (doubled > 9 ? doubled - 9 : doubled);
});

const sumOfSix = (half: number): number =>
  PAIR_SUMS[Math.floor(half / 10_000)]! + PAIR_SUMS[Math.floor(half / 100) % 100]! + PAIR_SUMS[half % 100]!;

/** An IMEI without its check digit. */
const equipmentOf = ({ high, low }: TwelveDigits): string =>
  REPORTING_BODY + textOfSix(high) + textOfSix(low);

/** With the check digit: 3GPP TS 23.003, annex B. */
function imeiOf(digits: TwelveDigits): string {
  const sum = PAIR_SUMS[Number(REPORTING_BODY)]! + sumOfSix(digits.high) + sumOfSix(digits.low);
  return equipmentOf(digits) + ((10 - (sum % 10)) % 10);
}

const mod97 = (digits: string): number => Number(BigInt(digits) % 97n);

const BEFORE_TWELVE_DIGITS = mod97(`${EID_PREFIX}00000000000000`);
const BEFORE_SIX_DIGITS = mod97('100000000');

/** With two check digits that leave one modulo 97: GSMA SGP.02, section 2.2.2. */
function eidOf({ high, low }: TwelveDigits): string {
  const rest = (BEFORE_TWELVE_DIGITS + high * BEFORE_SIX_DIGITS + low * 100) % 97;
  return EID_PREFIX + textOfSix(high) + textOfSix(low) + PAIRS[98 - rest];
}

const HEX_PAIRS: readonly string[] = Array.from(
  { length: 256 },
  (_, byte) => `:${byte.toString(16).toUpperCase().padStart(2, '0')}`,
);

function macAddress(oui: string, number: number): string {
  return oui + HEX_PAIRS[number >> 16] + HEX_PAIRS[(number >> 8) & 255] + HEX_PAIRS[number & 255];
}
