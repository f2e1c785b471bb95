import { wholeSecond } from '../../core/clock.ts';
import type { Context } from '../area.ts';
import type { DeviceItem, GeneratedDevices, LiteralDevice } from '../definition.ts';
import { type DeviceState, DISOWNED, NO_PROFILE, NO_SERVER } from '../inventory/device-columns.ts';
import { type DeviceRef, refOf } from '../inventory/serial-numbers.ts';
import type { EnrollmentState } from './area.ts';
import type { EnrollmentChange } from './change.ts';
import { type DeviceSpan, type SyncOperation, spanOf } from './sync-log.ts';

type EnrollmentContext = Context<EnrollmentState>;

/** The initial state is made without behavior settings. */
type DeviceContext = Pick<EnrollmentContext, 'state' | 'at'> & Partial<Pick<EnrollmentContext, 'behavior'>>;

/** Events between two folds of the sync logs. */
const EVENTS_BETWEEN_FOLDS = 256;

/** Longer than any cursor is valid, with room for a walk that started before. */
const CURSOR_AGES_KEPT = 2;

function record(
  { state, at, behavior }: DeviceContext,
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
  if (behavior === undefined || state.lastEvent % EVENTS_BETWEEN_FOLDS !== 0) return;
  const horizon = at - CURSOR_AGES_KEPT * behavior.dep.cursor_max_age;
  for (const each of state.servers) each.log.foldBefore(horizon);
}

/** Devices by their current MDM server, in the order in which the servers first occur. */
function byServer({ state }: DeviceContext, devices: readonly DeviceRef[]): Map<number, DeviceRef[]> {
  const groups = new Map<number, DeviceRef[]>();
  for (const device of devices) {
    const server = state.inventory.serverOf(device);
    const group = groups.get(server);
    if (group === undefined) groups.set(server, [device]);
    else group.push(device);
  }
  return groups;
}

function recordByServer(
  context: DeviceContext,
  operation: SyncOperation,
  devices: readonly DeviceRef[],
): void {
  for (const [server, group] of byServer(context, devices)) {
    record(context, server, operation, spanOf(group));
  }
}

const isGenerated = (item: DeviceItem): item is GeneratedDevices => 'generate' in item;

/** Adds a group for each `generate`, and one for each run of named devices between them. */
export function addDevices(context: DeviceContext, server: number, items: readonly DeviceItem[]): void {
  const run: LiteralDevice[] = [];
  for (const item of items) {
    if (isGenerated(item)) {
      addLiterals(context, server, run.splice(0));
      addGenerated(context, server, item);
      continue;
    }
    run.push(item);
  }
  addLiterals(context, server, run);
}

function baseState({ state, at }: DeviceContext, server: number): DeviceState {
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

function addGenerated(context: DeviceContext, server: number, item: GeneratedDevices): void {
  const { inventory, servers } = context.state;
  const assignedBy = item.device_assigned_by ?? servers[server]?.adminId ?? '';
  const base = baseState(context, server);
  const assignedDate = item.device_assigned_date ?? base.assignedDate;
  const group = inventory.add({ devices: item, base: { ...base, assignedDate }, assignedBy });
  record(context, server, 'added', { first: refOf(group, 0), count: item.generate });
}

function addLiterals(context: DeviceContext, server: number, devices: readonly LiteralDevice[]): void {
  if (devices.length === 0) return;
  const { inventory, servers } = context.state;
  const assignedBy = servers[server]?.adminId ?? '';
  const group = inventory.add({ devices, base: baseState(context, server), assignedBy });
  devices.forEach((device, index) => {
    describeLiteral(context, refOf(group, index), device);
  });
  record(context, server, 'added', { first: refOf(group, 0), count: devices.length });
}

/** State that the definition of a named device gives it. */
function describeLiteral(context: DeviceContext, ref: DeviceRef, device: LiteralDevice): void {
  const { inventory, profiles } = context.state;
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
    edits.profileAssignTime = wholeSecond(context.at);
    if (status !== 'assigned') edits.profilePushTime = wholeSecond(context.at);
  }
  if (Object.keys(edits).length > 0) inventory.edit(ref, edits);
}

function detach(context: DeviceContext, devices: readonly DeviceRef[], server: number): void {
  recordByServer(context, 'deleted', devices);
  for (const device of devices) {
    context.state.inventory.edit(device, {
      server,
      profile: NO_PROFILE,
      profileStatus: 'empty',
      profileAssignTime: 0,
      profilePushTime: 0,
      memberSince: context.state.lastEvent,
    });
  }
}

export function removeDevices(context: DeviceContext, devices: readonly DeviceRef[]): void {
  detach(context, devices, NO_SERVER);
}

/** Permanent at Apple: https://developer.apple.com/documentation/devicemanagement/disown-devices */
export function disownDevices(context: DeviceContext, devices: readonly DeviceRef[]): void {
  detach(context, devices, DISOWNED);
}

/**
 * Assignment of devices to an MDM server in the portal. The new server sees `modified` and no `added`
 * (nanodep's operations guide calls it the reassignment oddity) unless the devices had no MDM server. Devices that are
 * assigned to their own server lose their profile (https://github.com/fleetdm/fleet/issues/39871).
 */
export function moveDevices(
  context: EnrollmentContext,
  change: Extract<EnrollmentChange, { type: 'devices_moved' }>,
): void {
  const { state, behavior, at } = context;
  for (const [server, group] of byServer(context, change.devices)) {
    const stays = server === change.server;
    if (!stays) record(context, server, 'deleted', spanOf(group));
    const operation = server < 0 ? 'added' : stays ? 'modified' : behavior.dep.move_event;
    record(context, change.server, operation, spanOf(group));
    const keepsProfile = stays && behavior.dep.move_same_server === 'keep';
    for (const device of group) {
      context.state.inventory.edit(device, {
        server: change.server,
        assignedDate: wholeSecond(at),
        // A device that stays keeps its membership: a fetch in progress must not lose it.
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
export function replaceDevice(context: DeviceContext, device: DeviceRef, replacement: DeviceItem): void {
  const { inventory } = context.state;
  const server = inventory.serverOf(device);
  record(context, server, 'deleted', { first: device, count: 1 }, true);
  inventory.edit(device, {
    server: NO_SERVER,
    profile: NO_PROFILE,
    profileStatus: 'empty',
    profileAssignTime: 0,
    profilePushTime: 0,
    memberSince: context.state.lastEvent,
  });
  const ref = refOf(inventory.nextPlace.number, 0);
  addDevices(context, server, [replacement]);
  inventory.writeRare(ref, { replaces: { device, at: context.at } });
}

export function throttleDevices(
  context: EnrollmentContext,
  devices: readonly DeviceRef[],
  until: number,
): void {
  for (const device of devices) context.state.inventory.writeRare(device, { throttledUntil: until });
  context.plan(until, { type: 'throttle_ended', devices });
}

/** The devices appear in sync again, for clients that wait for them. */
export function endThrottle(context: EnrollmentContext, devices: readonly DeviceRef[]): void {
  const { inventory } = context.state;
  const ended = devices.filter((device) => {
    const until = inventory.rare(device).throttledUntil;
    return until !== undefined && until <= context.at;
  });
  for (const device of ended) inventory.writeRare(device, { throttledUntil: undefined });
  if (context.behavior.dep.throttled_in_sync === 'hidden') recordByServer(context, 'modified', ended);
}

function editAll({ state }: DeviceContext, devices: readonly DeviceRef[], edits: Partial<DeviceState>): void {
  for (const device of devices) state.inventory.edit(device, edits);
}

/** Sync shows `modified` for assignment, removal and the device's fetch of the profile. */
export function assignProfile(context: DeviceContext, profile: number, devices: readonly DeviceRef[]): void {
  editAll(context, devices, {
    profile,
    profileStatus: 'assigned',
    profileAssignTime: wholeSecond(context.at),
    profilePushTime: 0,
  });
  recordByServer(context, 'modified', devices);
}

/** The profile_uuid of a removed profile stays visible. */
export function removeProfile(context: DeviceContext, devices: readonly DeviceRef[]): void {
  editAll(context, devices, { profileStatus: 'removed' });
  recordByServer(context, 'modified', devices);
}

/** The device fetched its profile in Setup Assistant. */
export function markProfileFetched(context: DeviceContext, devices: readonly DeviceRef[]): void {
  editAll(context, devices, { profileStatus: 'pushed', profilePushTime: wholeSecond(context.at) });
  recordByServer(context, 'modified', devices);
}
