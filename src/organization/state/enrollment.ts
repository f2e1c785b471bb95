import type { MdmServer } from '../enrollment/mdm-server.ts';
import type { BeginningCounts } from '../enrollment/saved.ts';
import type { Enrollment, EnrollmentState } from '../enrollment/state.ts';
import type { SyncEvent } from '../enrollment/sync-log.ts';
import { type DeviceState, DISOWNED, NO_PROFILE, NO_SERVER } from '../inventory/device-columns.ts';
import { createGeneratedGroup } from '../inventory/generated-group.ts';
import type { InventoryReader } from '../inventory/inventory.ts';
import { createLiteralGroup } from '../inventory/literal-group.ts';
import type { Numbering } from '../inventory/numbering.ts';
import { deviceNamed, nameOfDevice, serverNamed } from './names.ts';
import type { DeviceTold, EnrollmentTold, EventTold, PlaceTold, ServerTold } from './state.ts';
import { StateError } from './state-error.ts';

type Path = readonly (string | number)[];

/** All that Device Enrollment knows beyond its beginning, in the words of a file. */
export function tellEnrollment(state: Enrollment, beginning: BeginningCounts): EnrollmentTold {
  const { inventory, servers, profiles } = state;
  return {
    terms: state.terms,
    accountDrivenProfile: state.accountDriven,
    lastEvent: state.lastEvent,
    mdmServers: servers.map((server) => tellServer(server, inventory)),
    profiles: profiles
      .all()
      .slice(beginning.profiles)
      .map(({ server, profileUuid, profile }) => ({
        mdmServer: servers[server]!.serverName,
        profileUuid,
        profile,
      })),
    groups: inventory.groups.slice(beginning.groups).map(({ devices, base, assignedBy }) => ({
      ...('literals' in devices ? { named: devices.literals } : { generated: devices.definition }),
      ...tellPlace(state, base),
      deviceAssignedBy: assignedBy,
    })),
    devices: inventory.changed().map((ref): DeviceTold => {
      const { assignedBy, migrationDeadline, replaces, ...rare } = inventory.rare(ref);
      return {
        serialNumber: nameOfDevice(inventory, ref),
        ...tellPlace(state, inventory.state(ref)),
        ...rare,
        deviceAssignedBy: assignedBy,
        mdmMigrationDeadline: migrationDeadline,
        replaces: replaces && { device: nameOfDevice(inventory, replaces.device), at: replaces.at },
      };
    }),
  };
}

function tellPlace({ servers, profiles }: Enrollment, place: Readonly<DeviceState>): PlaceTold {
  return {
    mdmServer: servers[place.server]?.serverName,
    disowned: place.server === DISOWNED ? true : undefined,
    profile: profiles.get(place.profile)?.profileUuid,
    profileStatus: place.profileStatus === 'empty' ? undefined : place.profileStatus,
    deviceAssignedDate: place.assignedDate,
    profileAssignTime: place.profileAssignTime || undefined,
    profilePushTime: place.profilePushTime || undefined,
    memberSince: place.memberSince || undefined,
  };
}

function tellServer(server: MdmServer, inventory: InventoryReader): ServerTold {
  const { events, foldedUpTo } = server.log.save();
  return {
    serverName: server.serverName,
    serverTokens: server.tokens,
    sessions: [...server.sessions.values()].map(({ endsAt, ...session }) => ({
      ...session,
      endsAt: Number.isFinite(endsAt) ? endsAt : undefined,
    })),
    nonces: [...server.nonces],
    window: server.window,
    syncLog: { foldedUpTo, events: events.map((event) => tellEvent(event, inventory)) },
  };
}

function tellEvent({ devices, ...event }: SyncEvent, inventory: InventoryReader): EventTold {
  return devices instanceof Float64Array
    ? { ...event, devices: Array.from(devices, (ref) => nameOfDevice(inventory, ref)) }
    : { ...event, from: nameOfDevice(inventory, devices.first), count: devices.count };
}

/** Makes a state that is at its beginning what is told. @throws StateError */
export function settleEnrollment(state: EnrollmentState, told: EnrollmentTold, numbering: Numbering): void {
  const { inventory, servers, profiles } = state;
  state.terms = told.terms ?? state.terms;
  state.accountDriven = told.accountDrivenProfile;
  state.lastEvent = told.lastEvent ?? state.lastEvent;
  told.profiles?.forEach(({ mdmServer, profileUuid, profile }, index) => {
    const { index: server } = serverNamed(servers, mdmServer, ['profiles', index, 'mdm_server']);
    profiles.add(server, profileUuid, profile);
  });
  told.groups?.forEach(({ generated, named = [], deviceAssignedBy, ...place }, index) => {
    const group =
      generated === undefined
        ? createLiteralGroup(numbering, inventory.nextPlace, named)
        : createGeneratedGroup(numbering, inventory.nextPlace, generated);
    inventory.add(group, placeOf(state, place, ['groups', index]), deviceAssignedBy);
  });
  told.devices?.forEach((device, index) => {
    settleDevice(state, device, ['devices', index]);
  });
  told.mdmServers?.forEach((server, index) => {
    const path = ['mdm_servers', index];
    settleServer(serverNamed(servers, server.serverName, [...path, 'server_name']), server, inventory, path);
  });
}

function placeOf({ servers, profiles }: EnrollmentState, place: PlaceTold, path: Path): DeviceState {
  const { mdmServer, profile } = place;
  const none = place.disowned ? DISOWNED : NO_SERVER;
  const stored = profile === undefined ? undefined : profiles.find(profile, 'lenient');
  if (profile !== undefined && stored === undefined)
    throw new StateError([...path, 'profile'], `no MDM server has a profile ${profile}`);
  return {
    server: mdmServer === undefined ? none : serverNamed(servers, mdmServer, [...path, 'mdm_server']).index,
    profile: stored?.number ?? NO_PROFILE,
    profileStatus: place.profileStatus ?? 'empty',
    assignedDate: place.deviceAssignedDate ?? 0,
    profileAssignTime: place.profileAssignTime ?? 0,
    profilePushTime: place.profilePushTime ?? 0,
    memberSince: place.memberSince ?? 0,
  };
}

function settleDevice(state: EnrollmentState, device: DeviceTold, path: Path): void {
  const { inventory } = state;
  const ref = deviceNamed(inventory, device.serialNumber, [...path, 'serial_number']);
  const before = inventory.state(ref);
  inventory.edit(ref, {
    ...placeOf(state, device, path),
    assignedDate: device.deviceAssignedDate ?? before.assignedDate,
    memberSince: device.memberSince ?? before.memberSince,
  });
  const { deviceAssignedBy: assignedBy, mdmMigrationDeadline: migrationDeadline, replaces } = device;
  const { throttledUntil, activationLocked } = device;
  const rare = {
    assignedBy,
    migrationDeadline,
    throttledUntil,
    activationLocked,
    replaces: replaces && {
      device: deviceNamed(inventory, replaces.device, [...path, 'replaces', 'device']),
      at: replaces.at,
    },
  };
  if (Object.values(rare).some((value) => value !== undefined)) inventory.writeRare(ref, rare);
}

function settleServer(server: MdmServer, told: ServerTold, inventory: InventoryReader, path: Path): void {
  const { serverTokens, sessions = [], nonces = [], window, syncLog } = told;
  if (serverTokens !== undefined)
    server.tokens.splice(0, server.tokens.length, ...serverTokens.map((token) => ({ ...token })));
  for (const session of sessions)
    server.sessions.set(session.token, { ...session, endsAt: session.endsAt ?? Number.POSITIVE_INFINITY });
  for (const [nonce, forgetAt] of nonces) server.nonces.set(nonce, forgetAt);
  Object.assign(server.window, window);
  if (syncLog === undefined) return;
  const events = syncLog.events.map((event, index) =>
    eventOf(event, inventory, [...path, 'sync_log', 'events', index]),
  );
  server.log.restore({ events, foldedUpTo: syncLog.foldedUpTo });
}

function eventOf(
  { devices = [], from, count = 0, ...event }: EventTold,
  inventory: InventoryReader,
  path: Path,
): SyncEvent {
  if (from === undefined) {
    const refs = devices.map((name, index) => deviceNamed(inventory, name, [...path, 'devices', index]));
    return { ...event, devices: new Float64Array(refs) } as SyncEvent;
  }
  const first = deviceNamed(inventory, from, [...path, 'from']);
  if (count > 0 && !inventory.has(first + count - 1))
    throw new StateError([...path, 'count'], `there are no ${count} devices from ${from} on`);
  return { ...event, devices: { first, count } } as SyncEvent;
}
