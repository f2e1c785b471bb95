import { fieldsSince, gate } from '../../catalogue/fields.ts';
import type { DeviceRef } from '../../organization/device-ref.ts';
import { NO_PROFILE } from '../../organization/inventory/device-columns.ts';
import type { Organization } from '../../organization/organization.ts';
import { instant } from '../../runtime/clock.ts';

/** Whose eyes the record is for. */
export interface Viewer {
  readonly organization: Organization;
  readonly server: number;
  readonly version: number;
}

/** From this version on iPads run `iPadOS`: https://developer.apple.com/documentation/devicemanagement/device */
const IPADOS_SINCE = 7;

type DeviceRecord = Record<string, unknown>;

/**
 * A device as the MDM server sees it now, in the members that its protocol version knows. One that belongs to
 * another MDM server, or to none, shows what it is and nothing of where it went.
 */
export function deviceRecord({ organization, server, version }: Viewer, device: DeviceRef): DeviceRecord {
  const { inventory, profiles } = organization.enrollment;
  const knows = fieldsSince('dep', 'device', version);
  const facts = inventory.facts(device);
  const record: DeviceRecord = {
    serial_number: facts.serial_number,
    model: facts.model,
    description: facts.description,
  };
  if (facts.color !== undefined) record.color = facts.color;
  if (facts.asset_tag !== undefined) record.asset_tag = facts.asset_tag;
  if (knows.has('os')) record.os = facts.os === 'iPadOS' && version < IPADOS_SINCE ? 'iOS' : facts.os;
  if (knows.has('device_family')) record.device_family = facts.device_family;

  const state = inventory.state(device);
  const rare = inventory.rare(device);
  if (state.server === server) {
    record.profile_status = state.profileStatus;
    if (state.profile !== NO_PROFILE) record.profile_uuid = profiles.get(state.profile)!.profileUuid;
    // Times that a device does not have are left out: "" breaks every Go client.
    const absent = organization.behaviour.dep.absent_times === 'empty' ? '' : undefined;
    setTime(record, 'profile_assign_time', state.profileAssignTime, absent);
    setTime(record, 'profile_push_time', state.profilePushTime, absent);
    setTime(record, 'device_assigned_date', state.assignedDate, absent);
    record.device_assigned_by = inventory.assignedBy(device);
    if (rare.migrationDeadline !== undefined && knows.has('mdm_migration_deadline')) {
      record.mdm_migration_deadline = instant(rare.migrationDeadline);
    }
  }
  if (knows.has('imei')) {
    Object.assign(record, gate('dep', 'device', version, { ...inventory.identifiers(device) }));
    if (rare.replaces !== undefined) record.is_replacement_device = true;
  }
  return record;
}

function setTime(record: DeviceRecord, name: string, time: number, absent: string | undefined): void {
  if (time !== 0) record[name] = instant(time);
  else if (absent !== undefined) record[name] = absent;
}
