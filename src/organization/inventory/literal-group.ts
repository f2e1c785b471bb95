import { keyedHash } from '../../runtime/keyed-hash.ts';
import type { LiteralDevice } from '../definition.ts';
import type { DeviceFacts, DeviceIdentifiers } from './device-facts.ts';
import { createGeneratedGroup } from './generated-group.ts';
import type { SerialNumbers } from './serial-numbers.ts';

/** Devices that a file or an action names one by one. */
export interface LiteralGroup {
  readonly number: number;
  readonly count: number;
  readonly literals: readonly LiteralDevice[];
  facts(index: number): DeviceFacts;
  identifiers(index: number): DeviceIdentifiers;
}

const IDENTIFIERS = [
  'imei',
  'meid',
  'eid',
  'wifi_mac_address',
  'bluetooth_mac_address',
  'ethernet_mac_address',
] as const satisfies readonly (keyof DeviceIdentifiers)[];

/** Where in a made-up generated group a named device finds the facts that nobody gave: by its serial number. */
function pick(seed: string, serial: string, among: number): number {
  const hash = keyedHash(seed, `device ${serial}`);
  return (((hash[0]! << 16) | (hash[1]! << 8) | hash[2]!) >>> 0) % among;
}

const PICKED_FROM = 65_536;

export function createLiteralGroup(
  seed: string,
  serialNumbers: SerialNumbers,
  number: number,
  literals: readonly LiteralDevice[],
): LiteralGroup {
  const templates = new Map<string, ReturnType<typeof createGeneratedGroup>>();

  function template(device: LiteralDevice): { facts: DeviceFacts; identifiers: DeviceIdentifiers } {
    const key = `${device.device_family ?? ''}\u0000${device.model ?? ''}`;
    let group = templates.get(key);
    if (group === undefined) {
      const { device_family, model } = device;
      group = createGeneratedGroup(seed, serialNumbers, number, {
        generate: PICKED_FROM,
        device_family,
        model,
      });
      templates.set(key, group);
    }
    const index = pick(seed, device.serial_number, PICKED_FROM);
    return { facts: group.facts(index), identifiers: group.identifiers(index) };
  }

  return {
    number,
    count: literals.length,
    literals,
    facts(index) {
      const device = literals[index]!;
      const { facts } = template(device);
      return {
        serial_number: device.serial_number,
        model: device.model ?? facts.model,
        description: device.description ?? facts.description,
        color: device.color ?? facts.color,
        // A tag that nobody gave to a named device would only surprise.
        asset_tag: device.asset_tag,
        os: device.os ?? facts.os,
        device_family: device.device_family ?? facts.device_family,
      };
    },
    identifiers(index) {
      const device = literals[index]!;
      const { identifiers } = template(device);
      return Object.fromEntries(IDENTIFIERS.map((name) => [name, device[name] ?? identifiers[name]]));
    },
  };
}
