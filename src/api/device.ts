/** What became of the newest push to a device. */
export interface LastPush {
  readonly apns_id: string;
  /** Virtual time. */
  readonly at: string | null;
  readonly state: 'delivered' | 'stored' | 'discarded';
  /** Why it was discarded. */
  readonly reason?: string | undefined;
  /** False where the PushMagic was not that of the device. */
  readonly woke_device?: boolean | undefined;
  /** Of a stored push. */
  readonly expires_at?: string | null | undefined;
}

/** How pushes reach a device. */
export interface PushFacts {
  /** Hexadecimal; null where it has none. */
  readonly push_token: string | null;
  readonly push_magic: string | null;
  readonly push_topic: string;
  /** Whether pushes reach it; otherwise the newest is stored. */
  readonly online: boolean;
  /** Since when its token is answered 410. */
  readonly unregistered_at?: string | null | undefined;
  readonly last_push?: LastPush | undefined;
}

/** Identifiers of the radios and ports of a device. */
export interface DeviceIdentifiers {
  readonly imei?: readonly string[] | undefined;
  readonly meid?: readonly string[] | undefined;
  readonly eid?: string | undefined;
  readonly wifi_mac_address?: string | undefined;
  readonly bluetooth_mac_address?: string | undefined;
  readonly ethernet_mac_address?: string | undefined;
}

/** A device with everything that Apple knows of it, as it was when it was asked for. Times are virtual, as Apple writes them. */
export interface Device extends PushFacts {
  readonly serial_number: string;
  readonly device_family: 'iPhone' | 'iPad' | 'iPod' | 'Mac' | 'AppleTV' | 'Vision';
  readonly model: string;
  readonly description: string;
  readonly color?: string | undefined;
  readonly asset_tag?: string | undefined;
  readonly os: 'iOS' | 'iPadOS' | 'OSX' | 'tvOS' | 'visionOS';
  /** `server_name` of its MDM server; null where it belongs to none. */
  readonly mdm_server: string | null;
  readonly disowned?: boolean | undefined;
  readonly profile_status: 'empty' | 'assigned' | 'pushed' | 'removed';
  readonly profile_uuid: string | null;
  readonly profile_name?: string | undefined;
  readonly profile_assign_time: string | null;
  readonly profile_push_time: string | null;
  readonly device_assigned_date: string | null;
  readonly device_assigned_by: string;
  readonly mdm_migration_deadline?: string | null | undefined;
  /** Where it is in cooldown. */
  readonly throttled_until?: string | null | undefined;
  readonly activation_locked?: boolean | undefined;
  readonly replaces?: { readonly serial_number: string; readonly at: string | null } | undefined;
  readonly identifiers: DeviceIdentifiers;
}

/** The devices of an organization, in the order in which they came. Generated ones cost nothing until they are asked for. */
export interface Devices extends Iterable<Device> {
  /** How many there are, whoever they belong to. */
  readonly size: number;
  /** Undefined for a serial number that no device of the organization has. */
  get(serialNumber: string): Device | undefined;
}
