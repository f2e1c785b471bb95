import { DISOWNED } from '../organization/inventory/device-columns.ts';
import type { DeviceRef } from '../organization/inventory/serial-numbers.ts';
import type { Organization } from '../organization/organization.ts';
import type { NewestPush } from '../organization/push/newest-pushes.ts';
import type { StoredPush } from '../organization/push/registration.ts';
import { type RegistrationNumber, registrationOf } from '../organization/push/registration.ts';
import { shownInstant, shownSecond } from './clock.ts';

/** The newest push to a device. */
export interface LastPush {
  readonly apns_id: string;
  /** Virtual time. */
  readonly at: string | null;
  readonly state: 'delivered' | 'stored' | 'discarded';
  /** Why the push was discarded. */
  readonly reason?: string | undefined;
  /** False if the PushMagic of the push is not the device's. */
  readonly woke_device?: boolean | undefined;
  /** When a stored push expires. */
  readonly expires_at?: string | null | undefined;
}

/** The push registration of a device. */
export interface PushFacts {
  /** Hexadecimal; null if the device is not registered. */
  readonly push_token: string | null;
  readonly push_magic: string | null;
  readonly push_topic: string;
  /** Whether pushes reach the device. While it is offline, the newest push is stored. */
  readonly online: boolean;
  /** Since when APNs returns 410 for the push token. */
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

/** A copy of the state of a device at the time of the call. Times are virtual, in Apple's format. */
export interface Device extends PushFacts {
  readonly serial_number: string;
  readonly device_family: 'iPhone' | 'iPad' | 'iPod' | 'Mac' | 'AppleTV' | 'Vision';
  readonly model: string;
  readonly description: string;
  readonly color?: string | undefined;
  readonly asset_tag?: string | undefined;
  readonly os: 'iOS' | 'iPadOS' | 'OSX' | 'tvOS' | 'visionOS';
  /** `server_name` of its MDM server; null if it is not assigned to one. */
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
  /** The end of a cooldown; undefined if the device is not in cooldown. */
  readonly throttled_until?: string | null | undefined;
  readonly activation_locked?: boolean | undefined;
  readonly replaces?: { readonly serial_number: string; readonly at: string | null } | undefined;
  readonly identifiers: DeviceIdentifiers;
}

/** The devices of an organization, in the order in which they were added. Generated devices are computed when read. */
export interface Devices extends Iterable<Device> {
  /** The number of devices, including those without an MDM server. */
  readonly size: number;
  /** Returns undefined if no device of the organization has the serial number. */
  get(serialNumber: string): Device | undefined;
}

/** @param organization returns the organization with all due tasks done */
export const devicesOf = (organization: () => Organization): Devices => ({
  get size() {
    return organization().enrollment.inventory.deviceCount;
  },
  get(serialNumber) {
    const current = organization();
    const device = current.enrollment.inventory.find(serialNumber);
    return device === undefined ? undefined : deviceAt(current, device);
  },
  *[Symbol.iterator]() {
    const current = organization();
    for (const device of current.enrollment.inventory.all()) yield deviceAt(current, device);
  },
});

export function deviceAt(organization: Organization, device: DeviceRef): Device {
  const { inventory, profiles, servers } = organization.enrollment;
  const state = inventory.state(device);
  const rare = inventory.rare(device);
  const profile = profiles.get(state.profile);
  const isThrottled = (rare.throttledUntil ?? 0) > organization.runtime.clock.now();
  const name = profile?.profile.profile_name;
  const identifiers = inventory.identifiers(device);
  const copies = {
    ...(identifiers.imei && { imei: [...identifiers.imei] }),
    ...(identifiers.meid && { meid: [...identifiers.meid] }),
  };
  return {
    ...inventory.facts(device),
    mdm_server: servers[state.server]?.serverName ?? null,
    ...(state.server === DISOWNED ? { disowned: true } : {}),
    profile_status: state.profileStatus,
    profile_uuid: profile?.profileUuid ?? null,
    profile_name: typeof name === 'string' ? name : undefined,
    profile_assign_time: shownSecond(state.profileAssignTime),
    profile_push_time: shownSecond(state.profilePushTime),
    device_assigned_date: shownSecond(state.assignedDate),
    device_assigned_by: inventory.assignedBy(device),
    ...(rare.migrationDeadline === undefined
      ? {}
      : { mdm_migration_deadline: shownSecond(rare.migrationDeadline) }),
    ...(isThrottled ? { throttled_until: shownSecond(rare.throttledUntil) } : {}),
    ...(rare.activationLocked === true ? { activation_locked: true } : {}),
    ...(rare.replaces === undefined
      ? {}
      : {
          replaces: {
            serial_number: inventory.facts(rare.replaces.device).serial_number,
            at: shownSecond(rare.replaces.at),
          },
        }),
    ...pushFactsOf(organization, registrationOf(device)),
    identifiers: { ...identifiers, ...copies },
  };
}

function pushFactsOf(
  { push: { registrations, newest }, runtime }: Organization,
  registration: RegistrationNumber,
): PushFacts {
  const record = registrations.record(registration);
  const lastPush = lastPushOf(newest.of(registration), record?.stored, runtime.clock.now());
  return {
    push_token: registrations.token(registration) ?? null,
    push_magic: registrations.magic(registration) ?? null,
    push_topic: registrations.topic(registration),
    online: registrations.isOnline(registration),
    ...(record?.unregisteredAt === undefined ? {} : { unregistered_at: shownInstant(record.unregisteredAt) }),
    ...(lastPush === undefined ? {} : { last_push: lastPush }),
  };
}

function lastPushOf(
  newest: NewestPush | undefined,
  stored: StoredPush | undefined,
  now: number,
): LastPush | undefined {
  if (newest?.fate === undefined) return undefined;
  const isExpired = stored !== undefined && stored.expiresAt <= now;
  return {
    apns_id: newest.apnsId ?? '',
    at: shownInstant(newest.at),
    state: isExpired ? 'discarded' : newest.fate,
    ...(isExpired ? { reason: 'expired' } : newest.reason === undefined ? {} : { reason: newest.reason }),
    ...(newest.fate === 'delivered' ? { woke_device: newest.woke } : {}),
    ...(stored === undefined || isExpired ? {} : { expires_at: shownInstant(stored.expiresAt) }),
  };
}
