import type { DeviceFacts, DeviceIdentifiers, DeviceKind } from './device-facts.ts';

/** Where a group stands among the groups of its organization. */
export interface GroupPlace {
  /** Counts from 1. */
  readonly number: number;
  /** How many devices the groups before it have. */
  readonly firstOrdinal: number;
}

/** Devices that came to an organization together, each made from its index when somebody looks. */
export interface DeviceGroup {
  readonly number: number;
  readonly count: number;
  serialNumber(index: number): string;
  assetTag(index: number): string | undefined;
  /** Devices of one kind share one object, so that what is made of it can be kept. */
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
