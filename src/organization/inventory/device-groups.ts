import { mix32 } from '../../core/random.ts';
import type { DeviceItem, LiteralDevice } from '../definition.ts';
import type { DeviceFacts, DeviceFamily, DeviceIdentifiers, DeviceKind } from './device-facts.ts';
import { type DeviceModel, deviceModels, modelsNamed, modelsOfFamily } from './device-model.ts';
import { type ModelVariant, type VariantChoices, variantsOf } from './model-variant.ts';
import type { Numbering } from './numbering.ts';
import { groupOf, indexOf, refOf } from './serial-numbers.ts';

/** The place of a group among the groups of its organization. */
export interface GroupPlace {
  /** Counts from 1. */
  readonly number: number;
  /** How many devices the groups before it have. */
  readonly firstOrdinal: number;
}

/** Devices that were added together. Each is computed from its index when it is read. */
export interface DeviceGroup {
  readonly number: number;
  readonly count: number;
  serialNumber(index: number): string;
  assetTag(index: number): string | undefined;
  /** Devices of one kind share one object, so that derived values can be cached by it. */
  kind(index: number): DeviceKind;
  identifiers(index: number): DeviceIdentifiers;
}

export function factsOf(group: DeviceGroup, index: number): DeviceFacts {
  const { model, description, color, os, device_family } = group.kind(index);
  return {
    serial_number: group.serialNumber(index),
    model,
    description,
    color,
    asset_tag: group.assetTag(index),
    os,
    device_family,
  };
}

/** The asset tags of a group by their pattern: `{n}` is the number of the device from 1, `{n:5}` with leading zeros. */
export function assetTags(pattern: string): (index: number) => string {
  // The odd parts are the widths.
  const parts = pattern.split(/\{n(?::(\d{1,2}))?\}/);
  return (index) => {
    let tag = parts[0]!;
    for (let place = 1; place < parts.length; place += 2) {
      tag += String(index + 1).padStart(Number(parts[place] ?? 0), '0') + parts[place + 1]!;
    }
    return tag;
  };
}

export interface GenerateDefinition extends VariantChoices {
  readonly generate: number;
  readonly device_family?: DeviceFamily | undefined;
  readonly model?: string | undefined;
  readonly asset_tag?: string | undefined;
}

/** Devices that are a pure function of seed, place of the group and index. */
export interface GeneratedGroup extends DeviceGroup {
  readonly definition: GenerateDefinition;
  kind(index: number): ModelVariant;
}

export function createGeneratedGroup(
  { seedWord, serialNumbers, identifierNumbers }: Numbering,
  { number, firstOrdinal }: GroupPlace,
  definition: GenerateDefinition,
): GeneratedGroup {
  const variants = variantsOf(modelsFor(definition), definition);
  const key = mix32(seedWord, number);
  const kind = (index: number): ModelVariant => variants.at(mix32(key, index) % variants.count);
  const tags = definition.asset_tag === undefined ? undefined : assetTags(definition.asset_tag);
  return {
    number,
    count: definition.generate,
    definition,
    kind,
    serialNumber: (index) => serialNumbers.serialOf(kind(index).serialFormat, refOf(number, index)),
    assetTag: (index) => tags?.(index),
    identifiers: (index) => identifierNumbers.identifiersOf(kind(index), firstOrdinal + index),
  };
}

/** Any model if the name is unknown. */
function modelsFor({ model, device_family }: GenerateDefinition): readonly DeviceModel[] {
  const models =
    model !== undefined
      ? modelsNamed(model)
      : device_family !== undefined
        ? modelsOfFamily(device_family)
        : deviceModels;
  return models.length > 0 ? models : deviceModels;
}

/** Devices that a file or an action lists one by one. */
export interface LiteralGroup extends DeviceGroup {
  readonly literals: readonly LiteralDevice[];
}

/** The index in a template group that gives a named device its missing facts, by its serial number. */
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

  /** The variant of a device by its family and model. */
  function variantOf(index: number): ModelVariant {
    const known = variants[index];
    if (known !== undefined) return known;
    const { serial_number, device_family, model } = literals[index]!;
    const key = `${device_family ?? ''}\u0000${model ?? ''}`;
    let template = templates.get(key);
    if (template === undefined) {
      const definition = { generate: PICKED_FROM, device_family, model };
      // The template is no group of the organization: the facts of a device do not depend on devices before it.
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
    // Named devices have no generated asset tag.
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

/**
 * A serial number of a named device that a generated device among the items would have too.
 * @param runs items as they are added, run by run: each `generate` is a group, and each run of named devices is one
 * @param firstNumber number of the first group that they make
 * @param others serial numbers of other named devices
 */
export function serialClash(
  numbering: Numbering,
  runs: readonly (readonly DeviceItem[])[],
  firstNumber: number,
  others: Iterable<string>,
): string | undefined {
  const groups = new Map<number, ReturnType<typeof createGeneratedGroup>>();
  const named: string[] = [];
  let number = firstNumber;
  for (const items of runs) {
    items.forEach((item, index) => {
      if ('generate' in item) {
        // Serial numbers do not depend on the number of earlier devices.
        groups.set(number, createGeneratedGroup(numbering, { number, firstOrdinal: 0 }, item));
        number += 1;
        return;
      }
      named.push(item.serial_number);
      const next = items[index + 1];
      if (next === undefined || 'generate' in next) number += 1;
    });
  }
  const clashes = (serial: string): boolean => {
    const reference = numbering.serialNumbers.referenceOf(serial);
    if (reference === undefined) return false;
    const group = groups.get(groupOf(reference.ref));
    const index = indexOf(reference.ref);
    return group !== undefined && index < group.count && group.kind(index).serialFormat === reference.format;
  };
  if (groups.size === 0) return undefined;
  for (const serial of named) if (clashes(serial)) return serial;
  for (const serial of others) if (clashes(serial)) return serial;
  return undefined;
}
