import { DISOWNED } from '../../organization/inventory/device-columns.ts';
import type { DeviceRef } from '../../organization/inventory/serial-numbers.ts';
import type { Organization } from '../../organization/organization.ts';
import { registrationOf } from '../../organization/push/registration.ts';
import type { Device } from '../device.ts';
import { shownSecond } from '../instants.ts';
import { pushFactsOf } from './push-facts.ts';

/** A device with everything that Apple knows of it, whoever it belongs to. */
export function deviceAt(organization: Organization, device: DeviceRef): Device {
  const { inventory, profiles, servers } = organization.enrollment;
  const state = inventory.state(device);
  const rare = inventory.rare(device);
  const profile = profiles.get(state.profile);
  const throttled = (rare.throttledUntil ?? 0) > organization.runtime.clock.now();
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
    ...pushFactsOf(organization, registrationOf(device)),
    identifiers: { ...identifiers, ...copies },
  };
}
