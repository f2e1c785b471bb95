import { wholeSecond } from '../../core/clock.ts';
import type { Behavior } from '../behavior.ts';
import type { Change } from '../change.ts';
import type { DeviceItem, GeneratedDevices, LiteralDevice } from '../definition.ts';
import type { DeviceRef } from '../device-ref.ts';
import { type DeviceState, DISOWNED, NO_PROFILE, NO_SERVER } from '../inventory/device-columns.ts';
import { createGeneratedGroup } from '../inventory/generated-group.ts';
import { createLiteralGroup } from '../inventory/literal-group.ts';
import type { Numbering } from '../inventory/numbering.ts';
import { refOf } from '../inventory/serial-numbers.ts';
import type { EnrollmentChange } from './change.ts';
import type { EnrollmentState } from './state.ts';
import { type DeviceSpan, type SyncOperation, spanOf } from './sync-log.ts';

export interface Applying {
  readonly state: EnrollmentState;
  readonly behavior: Behavior['dep'];
  readonly numbering: Numbering;
  /** Virtual time of the change. */
  readonly at: number;
  /** Lets another change follow at a virtual time. */
  readonly later: (at: number, change: Change) => void;
}

export function record(
  { state, at }: Applying,
  server: number,
  operation: SyncOperation,
  devices: DeviceSpan,
  releasedByReplacement = false,
): void {
  const log = state.servers[server]?.log;
  if (log === undefined) return;
  state.lastEvent += 1;
  log.append({
    number: state.lastEvent,
    at,
    operation,
    devices,
    ...(releasedByReplacement ? { releasedByReplacement } : {}),
  });
}

/** Devices by the MDM server that each one has now, servers in the order in which they first come up. */
function byServer({ state }: Applying, devices: readonly DeviceRef[]): Map<number, DeviceRef[]> {
  const groups = new Map<number, DeviceRef[]>();
  for (const device of devices) {
    const server = state.inventory.serverOf(device);
    const group = groups.get(server);
    if (group === undefined) groups.set(server, [device]);
    else group.push(device);
  }
  return groups;
}

export function recordByServer(
  applying: Applying,
  operation: SyncOperation,
  devices: readonly DeviceRef[],
): void {
  for (const [server, group] of byServer(applying, devices)) {
    record(applying, server, operation, spanOf(group));
  }
}

const isGenerated = (item: DeviceItem): item is GeneratedDevices => 'generate' in item;

/** A group for each `generate`, one for each run of named devices between them. */
export function addDevices(applying: Applying, server: number, items: readonly DeviceItem[]): void {
  const run: LiteralDevice[] = [];
  for (const item of items) {
    if (isGenerated(item)) {
      addLiterals(applying, server, run.splice(0));
      addGenerated(applying, server, item);
      continue;
    }
    run.push(item);
  }
  addLiterals(applying, server, run);
}

function baseState({ state, at }: Applying, server: number): DeviceState {
  return {
    server,
    profile: NO_PROFILE,
    profileStatus: 'empty',
    assignedDate: wholeSecond(at),
    profileAssignTime: 0,
    profilePushTime: 0,
    memberSince: state.lastEvent + 1,
  };
}

function addGenerated(applying: Applying, server: number, item: GeneratedDevices): void {
  const { inventory, servers } = applying.state;
  const group = createGeneratedGroup(applying.numbering, inventory.nextPlace, item);
  const assignedBy = item.device_assigned_by ?? servers[server]?.adminId ?? '';
  const base = baseState(applying, server);
  const assignedDate = item.device_assigned_date ?? base.assignedDate;
  inventory.add(group, { ...base, assignedDate }, assignedBy);
  record(applying, server, 'added', { first: refOf(group.number, 0), count: group.count });
}

function addLiterals(applying: Applying, server: number, devices: readonly LiteralDevice[]): void {
  if (devices.length === 0) return;
  const { inventory, servers } = applying.state;
  const group = createLiteralGroup(applying.numbering, inventory.nextPlace, devices);
  inventory.add(group, baseState(applying, server), servers[server]?.adminId ?? '');
  devices.forEach((device, index) => {
    settleLiteral(applying, refOf(group.number, index), device);
  });
  record(applying, server, 'added', { first: refOf(group.number, 0), count: devices.length });
}

/** What a file says of a named device beyond its facts. */
function settleLiteral(applying: Applying, ref: DeviceRef, device: LiteralDevice): void {
  const { inventory, profiles } = applying.state;
  if (device.device_assigned_by !== undefined)
    inventory.writeRare(ref, { assignedBy: device.device_assigned_by });
  if (device.mdm_migration_deadline !== undefined) {
    inventory.writeRare(ref, { migrationDeadline: device.mdm_migration_deadline });
  }
  const edits: Partial<DeviceState> = {};
  if (device.device_assigned_date !== undefined) edits.assignedDate = device.device_assigned_date;
  const status = device.profile_status ?? (device.profile === undefined ? 'empty' : 'assigned');
  if (status !== 'empty') {
    const server = inventory.serverOf(ref);
    const profile = profiles
      .all()
      .find(
        (stored) =>
          stored.server === server &&
          (stored.profileUuid === device.profile || stored.profile.profile_name === device.profile),
      );
    edits.profile = profile?.number ?? NO_PROFILE;
    edits.profileStatus = status;
    edits.profileAssignTime = wholeSecond(applying.at);
    if (status !== 'assigned') edits.profilePushTime = wholeSecond(applying.at);
  }
  if (Object.keys(edits).length > 0) inventory.edit(ref, edits);
}

function detach(applying: Applying, devices: readonly DeviceRef[], server: number): void {
  recordByServer(applying, 'deleted', devices);
  for (const device of devices) {
    applying.state.inventory.edit(device, {
      server,
      profile: NO_PROFILE,
      profileStatus: 'empty',
      profileAssignTime: 0,
      profilePushTime: 0,
      memberSince: applying.state.lastEvent,
    });
  }
}

export function removeDevices(applying: Applying, devices: readonly DeviceRef[]): void {
  detach(applying, devices, NO_SERVER);
}

/** Permanent at Apple: https://developer.apple.com/documentation/devicemanagement/disown-devices */
export function disownDevices(applying: Applying, devices: readonly DeviceRef[]): void {
  detach(applying, devices, DISOWNED);
}

/**
 * Assignment of devices to an MDM server in the portal. The new server sees `modified` and no `added`
 * (nanodep's operations guide calls it the reassignment oddity) unless the devices belonged to nobody;
 * assigned to the server that they have, they lose their profile (https://github.com/fleetdm/fleet/issues/39871).
 */
export function moveDevices(
  applying: Applying,
  change: Extract<EnrollmentChange, { type: 'devices_moved' }>,
): void {
  const { state, behavior, at } = applying;
  for (const [server, group] of byServer(applying, change.devices)) {
    const stays = server === change.server;
    if (!stays) record(applying, server, 'deleted', spanOf(group));
    const operation = server < 0 ? 'added' : stays ? 'modified' : behavior.move_event;
    record(applying, change.server, operation, spanOf(group));
    const keepsProfile = stays && behavior.move_same_server === 'keep';
    for (const device of group) {
      applying.state.inventory.edit(device, {
        server: change.server,
        assignedDate: wholeSecond(at),
        // One that stays was a member all along: a fetch under way must not lose it.
        ...(stays ? {} : { memberSince: state.lastEvent }),
        ...(keepsProfile
          ? {}
          : { profile: NO_PROFILE, profileStatus: 'empty', profileAssignTime: 0, profilePushTime: 0 }),
      });
      state.inventory.writeRare(device, {
        assignedBy: change.assignedBy ?? state.servers[change.server]?.adminId,
        migrationDeadline: change.deadline,
      });
    }
  }
}

/** https://developer.apple.com/documentation/devicemanagement/get-replacement-details */
export function replaceDevice(applying: Applying, device: DeviceRef, replacement: DeviceItem): void {
  const { inventory } = applying.state;
  const server = inventory.serverOf(device);
  record(applying, server, 'deleted', { first: device, count: 1 }, true);
  inventory.edit(device, {
    server: NO_SERVER,
    profile: NO_PROFILE,
    profileStatus: 'empty',
    profileAssignTime: 0,
    profilePushTime: 0,
    memberSince: applying.state.lastEvent,
  });
  const ref = refOf(inventory.nextPlace.number, 0);
  addDevices(applying, server, [replacement]);
  inventory.writeRare(ref, { replaces: { device, at: applying.at } });
}

export function throttleDevices(applying: Applying, devices: readonly DeviceRef[], until: number): void {
  for (const device of devices) applying.state.inventory.writeRare(device, { throttledUntil: until });
  applying.later(until, { type: 'throttle_ended', devices });
}

/** They come back to sync, so that a client which waits for them sees them. */
export function endThrottle(applying: Applying, devices: readonly DeviceRef[]): void {
  const { inventory } = applying.state;
  const ended = devices.filter((device) => {
    const until = inventory.rare(device).throttledUntil;
    return until !== undefined && until <= applying.at;
  });
  for (const device of ended) inventory.writeRare(device, { throttledUntil: undefined });
  if (applying.behavior.throttled_in_sync === 'hidden') recordByServer(applying, 'modified', ended);
}
