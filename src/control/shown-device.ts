import type { DeviceRef } from '../organization/device-ref.ts';
import { DISOWNED } from '../organization/inventory/device-columns.ts';
import type { Organization } from '../organization/organization.ts';
import { registrationOf } from '../organization/push/registration.ts';
import { shownSecond } from './instants.ts';
import { flag, listOf, record, type Schema, text, textOrNull } from './schema.ts';
import { PUSH_SCHEMA, shownPush } from './shown-push.ts';

/** A device with everything that Apple knows of it, whoever it belongs to. */
export function shownDevice(organization: Organization, device: DeviceRef): Record<string, unknown> {
  const { inventory, profiles, servers } = organization.enrollment;
  const state = inventory.state(device);
  const rare = inventory.rare(device);
  const profile = profiles.get(state.profile);
  const throttled = (rare.throttledUntil ?? 0) > organization.runtime.clock.now();
  return {
    ...inventory.facts(device),
    mdm_server: servers[state.server]?.serverName ?? null,
    ...(state.server === DISOWNED ? { disowned: true } : {}),
    profile_status: state.profileStatus,
    profile_uuid: profile?.profileUuid ?? null,
    profile_name: profile?.profile.profile_name,
    profile_assign_time: shownSecond(state.profileAssignTime),
    profile_push_time: shownSecond(state.profilePushTime),
    device_assigned_date: shownSecond(state.assignedDate),
    device_assigned_by: inventory.assignedBy(device),
    ...(rare.migrationDeadline === undefined
      ? {}
      : { mdm_migration_deadline: shownSecond(rare.migrationDeadline) }),
    ...(throttled ? { throttled_until: shownSecond(rare.throttledUntil) } : {}),
    ...(rare.activationLocked === true ? { activation_locked: true } : {}),
    ...(rare.replaces === undefined
      ? {}
      : {
          replaces: {
            serial_number: inventory.facts(rare.replaces.device).serial_number,
            at: shownSecond(rare.replaces.at),
          },
        }),
    ...shownPush(organization, registrationOf(device)),
    identifiers: inventory.identifiers(device),
  };
}

export const DEVICE_SCHEMA: Schema = record({
  serial_number: text(),
  model: text(),
  description: text(),
  'color?': text(),
  'asset_tag?': text(),
  os: text(),
  device_family: text(),
  mdm_server: textOrNull('server_name of its MDM server'),
  'disowned?': flag(),
  profile_status: text(),
  profile_uuid: textOrNull(),
  'profile_name?': text(),
  profile_assign_time: textOrNull(),
  profile_push_time: textOrNull(),
  device_assigned_date: textOrNull(),
  device_assigned_by: text(),
  'mdm_migration_deadline?': textOrNull(),
  'throttled_until?': textOrNull('where it is in cooldown'),
  'activation_locked?': flag(),
  'replaces?': record({ serial_number: text(), at: textOrNull() }),
  ...PUSH_SCHEMA,
  identifiers: record({
    'imei?': listOf(text()),
    'meid?': listOf(text()),
    'eid?': text(),
    'wifi_mac_address?': text(),
    'bluetooth_mac_address?': text(),
    'ethernet_mac_address?': text(),
  }),
});
