import { instant } from '../../core/clock.ts';
import { type DeviceState, NO_PROFILE } from '../../organization/inventory/device-columns.ts';
import type { DeviceIdentifiers, DeviceKind } from '../../organization/inventory/device-facts.ts';
import type { DeviceRef } from '../../organization/inventory/serial-numbers.ts';
import type { Organization } from '../../organization/organization.ts';
import { fieldsSince } from '../fields.ts';
import { membersText } from './json-text.ts';

/** Whose eyes the record is for. */
export interface Viewer {
  readonly organization: Organization;
  readonly server: number;
  readonly version: number;
}

/** From this version on iPads run `iPadOS`: https://developer.apple.com/documentation/devicemanagement/device */
const IPADOS_SINCE = 7;

/**
 * Writes devices as the MDM server sees them now, in the members that its protocol version knows, as JSON: a page
 * has a thousand of them, and most of what stands in each stands in its neighbors too. One that belongs to another
 * MDM server, or to none, shows what it is and nothing of where it went.
 * @returns what writes a device; `more` are members to put behind those of the device, by `membersText`
 */
export function recordWriter(viewer: Viewer): (device: DeviceRef, more?: string) => string {
  const { organization, server, version } = viewer;
  const { inventory } = organization.enrollment;
  const knows = fieldsSince('dep', 'device', version);
  const ownership = ownershipWriter(viewer);

  return (device, more = '') => {
    // Serial numbers and identifiers have no character that JSON would escape.
    let text = `{"serial_number":"${inventory.serialNumber(device)}"${kindText(inventory.kind(device), version)}`;
    const assetTag = inventory.assetTag(device);
    if (assetTag !== undefined) text += `,"asset_tag":${JSON.stringify(assetTag)}`;
    const rare = inventory.rare(device);
    const state = inventory.state(device);
    if (state.server === server) {
      text += ownership(state, inventory.assignedBy(device));
      if (rare.migrationDeadline !== undefined && knows.has('mdm_migration_deadline')) {
        text += `,"mdm_migration_deadline":"${instant(rare.migrationDeadline)}"`;
      }
    }
    if (knows.has('imei')) {
      text += identifiersText(inventory.identifiers(device));
      if (rare.replaces !== undefined) text += ',"is_replacement_device":true';
    }
    return `${text}${more}}`;
  };
}

/** By protocol version: what is written of a kind once is there for all devices of it. */
const kindTexts: WeakMap<DeviceKind, string>[] = [];

function kindText(kind: DeviceKind, version: number): string {
  kindTexts[version] ??= new WeakMap();
  const texts = kindTexts[version];
  let text = texts.get(kind);
  if (text === undefined) {
    const knows = fieldsSince('dep', 'device', version);
    const os = kind.os === 'iPadOS' && version < IPADOS_SINCE ? 'iOS' : kind.os;
    text = membersText({
      model: kind.model,
      description: kind.description,
      color: kind.color,
      os: knows.has('os') ? os : undefined,
      device_family: knows.has('device_family') ? kind.device_family : undefined,
    });
    texts.set(kind, text);
  }
  return text;
}

/** Neighbors were mostly assigned together: what was written last often fits the next one. */
function ownershipWriter({
  organization,
}: Viewer): (state: Readonly<DeviceState>, assignedBy: string) => string {
  const { profiles } = organization.enrollment;
  // Times that a device does not have are left out: "" breaks every Go client.
  const absent = organization.behavior.dep.absent_times === 'empty' ? '' : undefined;
  const time = (milliseconds: number) => (milliseconds === 0 ? absent : instant(milliseconds));
  let last: Readonly<DeviceState> | undefined;
  let lastBy = '';
  let text = '';

  return (state, assignedBy) => {
    if (last !== undefined && lastBy === assignedBy && looksLike(state, last)) return text;
    last = state;
    lastBy = assignedBy;
    text = membersText({
      profile_status: state.profileStatus,
      profile_uuid: state.profile === NO_PROFILE ? undefined : profiles.get(state.profile)!.profileUuid,
      profile_assign_time: time(state.profileAssignTime),
      profile_push_time: time(state.profilePushTime),
      device_assigned_date: time(state.assignedDate),
      device_assigned_by: assignedBy,
    });
    return text;
  };
}

const looksLike = (one: Readonly<DeviceState>, other: Readonly<DeviceState>): boolean =>
  one === other ||
  (one.profile === other.profile &&
    one.profileStatus === other.profileStatus &&
    one.profileAssignTime === other.profileAssignTime &&
    one.profilePushTime === other.profilePushTime &&
    one.assignedDate === other.assignedDate);

function identifiersText(identifiers: DeviceIdentifiers): string {
  const { imei, meid, eid, wifi_mac_address, bluetooth_mac_address, ethernet_mac_address } = identifiers;
  let text = '';
  if (imei !== undefined) text += `,"imei":["${imei.join('","')}"]`;
  if (meid !== undefined) text += `,"meid":["${meid.join('","')}"]`;
  if (eid !== undefined) text += `,"eid":"${eid}"`;
  if (wifi_mac_address !== undefined) text += `,"wifi_mac_address":"${wifi_mac_address}"`;
  if (bluetooth_mac_address !== undefined) text += `,"bluetooth_mac_address":"${bluetooth_mac_address}"`;
  if (ethernet_mac_address !== undefined) text += `,"ethernet_mac_address":"${ethernet_mac_address}"`;
  return text;
}
