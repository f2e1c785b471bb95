import { mix32 } from '../../core/random.ts';
import type { LiteralDevice } from '../definition.ts';
import type { DeviceKind } from './device-facts.ts';
import type { DeviceGroup, GroupPlace } from './device-group.ts';
import { createGeneratedGroup } from './generated-group.ts';
import type { ModelVariant } from './model-variant.ts';
import type { Numbering } from './numbering.ts';

/** Devices that a file or an action names one by one. */
export interface LiteralGroup extends DeviceGroup {
  readonly literals: readonly LiteralDevice[];
}

/** Where in a made-up generated group a named device finds the facts that nobody gave: by its serial number. */
function pick(seedWord: number, serial: string): number {
  let hash = seedWord;
  for (let place = 0; place < serial.length; place += 1) hash = mix32(hash, serial.charCodeAt(place));
  return hash % PICKED_FROM;
}

const PICKED_FROM = 65_536;

export function createLiteralGroup(
  numbering: Numbering,
  { number, firstOrdinal }: GroupPlace,
  literals: readonly LiteralDevice[],
): LiteralGroup {
  const templates = new Map<string, ReturnType<typeof createGeneratedGroup>>();
  const variants: ModelVariant[] = [];
  const kinds: DeviceKind[] = [];

  /** What a device of its family and model would be. */
  function variantOf(index: number): ModelVariant {
    const known = variants[index];
    if (known !== undefined) return known;
    const { serial_number, device_family, model } = literals[index]!;
    const key = `${device_family ?? ''}\u0000${model ?? ''}`;
    let template = templates.get(key);
    if (template === undefined) {
      const definition = { generate: PICKED_FROM, device_family, model };
      // Of a group that is nowhere: what is made up of a device does not hang on who is named before it.
      template = createGeneratedGroup(numbering, { number: 0, firstOrdinal: 0 }, definition);
      templates.set(key, template);
    }
    const variant = template.kind(pick(numbering.seedWord, serial_number));
    variants[index] = variant;
    return variant;
  }

  function kindOf(index: number): DeviceKind {
    const device = literals[index]!;
    const variant = variantOf(index);
    return {
      model: device.model ?? variant.model,
      description: device.description ?? variant.description,
      color: device.color ?? variant.color,
      os: device.os ?? variant.os,
      device_family: device.device_family ?? variant.device_family,
    };
  }

  return {
    number,
    count: literals.length,
    literals,
    serialNumber: (index) => literals[index]!.serial_number,
    // A tag that nobody gave to a named device would only surprise.
    assetTag: (index) => literals[index]!.asset_tag,
    kind(index) {
      kinds[index] ??= kindOf(index);
      return kinds[index];
    },
    identifiers(index) {
      const device = literals[index]!;
      const made = numbering.identifierNumbers.identifiersOf(variantOf(index), firstOrdinal + index);
      return {
        imei: device.imei ?? made.imei,
        meid: device.meid ?? made.meid,
        eid: device.eid ?? made.eid,
        wifi_mac_address: device.wifi_mac_address ?? made.wifi_mac_address,
        bluetooth_mac_address: device.bluetooth_mac_address ?? made.bluetooth_mac_address,
        ethernet_mac_address: device.ethernet_mac_address ?? made.ethernet_mac_address,
      };
    },
  };
}
