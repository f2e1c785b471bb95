export const DEVICE_FAMILIES = ['iPhone', 'iPad', 'iPod', 'Mac', 'AppleTV', 'Vision'] as const;

export type DeviceFamily = (typeof DEVICE_FAMILIES)[number];

export const OPERATING_SYSTEMS = ['iOS', 'iPadOS', 'OSX', 'tvOS', 'visionOS'] as const;

export type OperatingSystem = (typeof OPERATING_SYSTEMS)[number];

/** Facts that many devices share. */
export interface DeviceKind {
  readonly model: string;
  readonly description: string;
  readonly color?: string | undefined;
  readonly os: OperatingSystem;
  readonly device_family: DeviceFamily;
}

/** Facts of one device. */
export interface DeviceFacts extends DeviceKind {
  readonly serial_number: string;
  readonly asset_tag?: string | undefined;
}

/** Identifiers of its radios and ports. */
export interface DeviceIdentifiers {
  readonly imei?: readonly string[] | undefined;
  readonly meid?: readonly string[] | undefined;
  readonly eid?: string | undefined;
  readonly wifi_mac_address?: string | undefined;
  readonly bluetooth_mac_address?: string | undefined;
  readonly ethernet_mac_address?: string | undefined;
}
