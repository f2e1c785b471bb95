import type { DeviceRef } from '../../organization/device-ref.ts';
import { DISOWNED } from '../../organization/inventory/device-columns.ts';
import type { CameTogether } from '../../organization/inventory/inventory.ts';
import type { Organization } from '../../organization/organization.ts';
import { at, atOrNever, said } from './text.ts';

/** Devices as they came: named ones each, generated ones by their number. */
export function devicesOf({ enrollment }: Organization): readonly object[] {
  const nameOf = (server: number): string | undefined => enrollment.servers[server]?.serverName;
  return enrollment.inventory.groups.flatMap((group) => itemsOf(group, nameOf(group.base.server)));
}

function itemsOf({ devices, base, assignedBy }: CameTogether, server: string | undefined): readonly object[] {
  const device_assigned_date = at(base.assignedDate);
  if (!('literals' in devices)) {
    const { definition } = devices;
    return [
      said({ ...definition, mdm_server: server, device_assigned_by: assignedBy, device_assigned_date }),
    ];
  }
  return devices.literals.map((literal, index) => {
    // What has become of it stands elsewhere.
    const { profile: _, profile_status: __, ...facts } = literal;
    const { device_assigned_date: own, mdm_migration_deadline: deadline } = literal;
    return said({
      ...facts,
      mdm_server: server,
      apart: index === 0,
      device_assigned_date: own === undefined ? device_assigned_date : at(own),
      mdm_migration_deadline: atOrNever(deadline),
    });
  });
}

/** Those to which something happened, each with all that is true of it now. */
export function changedDevicesOf(organization: Organization): readonly object[] {
  const { inventory } = organization.enrollment;
  return inventory.changed().map((ref) => changedDevice(organization, ref));
}

function changedDevice({ enrollment }: Organization, ref: DeviceRef): object {
  const { inventory, servers, profiles } = enrollment;
  const state = inventory.state(ref);
  const { migrationDeadline, throttledUntil, activationLocked, replaces } = inventory.rare(ref);
  return said({
    serial_number: inventory.serialNumber(ref),
    mdm_server: servers[state.server]?.serverName,
    disowned: state.server === DISOWNED,
    profile: profiles.get(state.profile)?.profileUuid,
    profile_status: state.profileStatus === 'empty' ? undefined : state.profileStatus,
    profile_assign_time: atOrNever(state.profileAssignTime),
    profile_push_time: atOrNever(state.profilePushTime),
    device_assigned_date: at(state.assignedDate),
    device_assigned_by: inventory.assignedBy(ref),
    mdm_migration_deadline: atOrNever(migrationDeadline),
    throttled_until: atOrNever(throttledUntil),
    activation_locked: activationLocked ?? false,
    replaces: replaces && { device: inventory.serialNumber(replaces.device), at: at(replaces.at) },
  });
}
