import type { LiteralDevice, ProfileStatus } from '../definition.ts';
import {
  type DeviceState,
  DISOWNED,
  NO_PROFILE,
  NO_SERVER,
  PROFILE_STATUSES,
} from '../inventory/device-columns.ts';
import { DEVICE_FAMILIES } from '../inventory/device-facts.ts';
import type { GenerateDefinition } from '../inventory/device-groups.ts';
import type { SavedInventory } from '../inventory/inventory.ts';
import { serialFormats } from '../inventory/serial-format.ts';
import { GROUP_CAPACITY } from '../inventory/serial-numbers.ts';
import {
  about,
  anyText,
  choice,
  count,
  type Described,
  deadline,
  device,
  each,
  fixed,
  flag,
  index,
  instant,
  list,
  type Members,
  named,
  object,
  optional,
  pairs,
  profile,
  record,
  StateError,
  section,
  server,
  store,
  text,
} from '../members.ts';
import type { EnrollmentState } from './area.ts';
import type { MdmServerState, ServerToken, Session } from './mdm-server.ts';
import type { StoredProfile } from './profile-store.ts';
import type { SavedSyncLog, SyncEvent } from './sync-log.ts';

type Optional<Value> = { readonly [Name in keyof Value]?: Value[Name] | undefined };

const serverToken = record({
  consumer_key: text,
  consumer_secret: text,
  access_token: text,
  access_secret: text,
  status: choice(['valid', 'replaced', 'revoked']),
  expiresAt: instant,
} satisfies Members<ServerToken>);

const session = record({
  token: text,
  usedAt: instant,
  answers: about('responses since it was opened or last rotated', count),
  endsAt: about('set once a successor was issued', deadline),
} satisfies Members<Session>);

/** Either a list of devices, or a number of consecutive ones. */
interface WrittenEvent extends Omit<SyncEvent, 'devices'> {
  readonly devices?: readonly number[] | undefined;
  readonly from?: number | undefined;
  readonly count?: number | undefined;
}

interface WrittenLog {
  readonly syncLog: { readonly foldedUpTo: number; readonly events: readonly WrittenEvent[] };
}

const syncLog = store<MdmServerState, SavedSyncLog, WrittenLog>({
  members: {
    syncLog: record({
      foldedUpTo: about('cursors up to this event are expired', count),
      events: list(
        record({
          number: about('rises within the organization; cursors count by it', count),
          at: instant,
          operation: choice(['added', 'modified', 'deleted']),
          devices: optional(list(device)),
          from: optional(about('in place of `devices`: the first of `count` consecutive devices', device)),
          count: optional(count),
          releasedByReplacement: optional(flag),
        }),
      ),
    }),
  },
  save: ({ log }) => log.save(),
  restore: ({ log }, saved) => log.restore(saved),
  write({ log }) {
    const { foldedUpTo, events } = log.save();
    return { syncLog: { foldedUpTo, events: events.map(writtenEvent) } };
  },
  read({ log }, { syncLog: written }, names) {
    if (written === undefined) return;
    written.events.forEach(({ from, count: length = 0 }, place) => {
      if (from === undefined || length === 0 || names.deviceNamed(from + length - 1) !== undefined) return;
      const message = `there are no ${length} devices from ${names.device(from)} on`;
      throw new StateError(['sync_log', 'events', place, 'count'], message);
    });
    log.restore({ foldedUpTo: written.foldedUpTo, events: written.events.map(syncEvent) });
  },
});

const writtenEvent = ({ devices, ...event }: SyncEvent): WrittenEvent =>
  devices instanceof Float64Array
    ? { ...event, devices: [...devices] }
    : { ...event, from: devices.first, count: devices.count };

const syncEvent = ({ devices = [], from, count: length = 0, ...event }: WrittenEvent): SyncEvent => ({
  number: event.number,
  at: event.at,
  operation: event.operation,
  ...(event.releasedByReplacement ? { releasedByReplacement: true } : {}),
  devices: from === undefined ? new Float64Array(devices) : { first: from, count: length },
});

const mdmServers = each<MdmServerState>('MDM server', 'serverName', {
  index: fixed,
  serverName: text,
  serverUuid: fixed,
  adminId: fixed,
  tokens: named(
    'server_tokens',
    about(
      'the newest last; requests with former ones get another error than requests with unknown ones',
      list(serverToken, 1),
    ),
  ),
  sessions: index('token', session),
  nonces: about('OAuth nonces in use, and when each may be forgotten', pairs(text, instant)),
  window: about('requests of the current minute', record({ startedAt: instant, requests: count })),
  log: syncLog,
});

type WrittenProfile = Pick<StoredProfile, 'profileUuid' | 'profile'> & { readonly mdmServer: number };

const profiles = store<
  EnrollmentState,
  readonly StoredProfile[],
  { readonly profiles: readonly WrittenProfile[] }
>({
  members: {
    profiles: about(
      'profiles that were defined after the start',
      list(record({ mdmServer: server, profileUuid: text, profile: object })),
    ),
  },
  save: (state) => state.profiles.added,
  restore(state, saved) {
    for (const { server: owner, profileUuid, profile: members } of saved)
      state.profiles.add(owner, profileUuid, members);
  },
  write: (state) => ({
    profiles: state.profiles.added.map(({ server: mdmServer, ...rest }) => ({ mdmServer, ...rest })),
  }),
  read(state, { profiles: written = [] }) {
    for (const { mdmServer, profileUuid, profile: members } of written)
      state.profiles.add(mdmServer, profileUuid, members);
  },
});

/** The state of a device. Members that are left out have their defaults. */
type WrittenState = Optional<{
  readonly mdmServer: number;
  readonly disowned: boolean;
  readonly profile: number;
  readonly profileStatus: ProfileStatus;
  readonly deviceAssignedDate: number;
  readonly profileAssignTime: number;
  readonly profilePushTime: number;
  readonly memberSince: number;
}>;

const deviceState = {
  mdmServer: about('server_name; of no MDM server if not given', optional(server)),
  disowned: optional(flag),
  profile: about('profile_uuid of its profile', optional(profile)),
  profileStatus: optional(choice(PROFILE_STATUSES)),
  deviceAssignedDate: optional(instant),
  profileAssignTime: optional(instant),
  profilePushTime: optional(instant),
  memberSince: about(
    'number of the event that assigned it to its MDM server; 0: from the start',
    optional(count),
  ),
} satisfies Members<WrittenState>;

function writtenState(state: Readonly<DeviceState>): WrittenState {
  return {
    mdmServer: state.server < 0 ? undefined : state.server,
    disowned: state.server === DISOWNED ? true : undefined,
    profile: state.profile === NO_PROFILE ? undefined : state.profile,
    profileStatus: state.profileStatus === 'empty' ? undefined : state.profileStatus,
    deviceAssignedDate: state.assignedDate,
    profileAssignTime: state.profileAssignTime || undefined,
    profilePushTime: state.profilePushTime || undefined,
    memberSince: state.memberSince || undefined,
  };
}

const stateOf = (written: WrittenState, before?: Readonly<DeviceState>): DeviceState => ({
  server: written.mdmServer ?? (written.disowned ? DISOWNED : NO_SERVER),
  profile: written.profile ?? NO_PROFILE,
  profileStatus: written.profileStatus ?? 'empty',
  assignedDate: written.deviceAssignedDate ?? before?.assignedDate ?? 0,
  profileAssignTime: written.profileAssignTime ?? 0,
  profilePushTime: written.profilePushTime ?? 0,
  memberSince: written.memberSince ?? before?.memberSince ?? 0,
});

interface WrittenGroup extends WrittenState {
  readonly named?: readonly LiteralDevice[] | undefined;
  readonly generated?: GenerateDefinition | undefined;
  readonly deviceAssignedBy: string;
}

interface WrittenDevice extends WrittenState {
  readonly serialNumber: number;
  readonly deviceAssignedBy?: string | undefined;
  readonly mdmMigrationDeadline?: number | undefined;
  readonly throttledUntil?: number | undefined;
  readonly activationLocked?: boolean | undefined;
  readonly replaces?: { readonly device: number; readonly at: number } | undefined;
}

const generated: Described<GenerateDefinition> = record({
  generate: { kind: 'integer', least: 1, most: GROUP_CAPACITY } as Described<number>,
  device_family: optional(choice(DEVICE_FAMILIES)),
  model: optional(text),
  color: optional(text),
  description: optional(text),
  asset_tag: optional(text),
  serial_format: optional(choice(serialFormats.map(({ name }) => name))),
});

interface WrittenInventory {
  readonly groups: readonly WrittenGroup[];
  readonly devices: readonly WrittenDevice[];
}

const inventory = store<EnrollmentState, SavedInventory, WrittenInventory>({
  members: {
    groups: about(
      'devices that were added together after the start',
      list(
        record({
          named: optional(list(section<LiteralDevice>('device'))),
          generated: optional(generated),
          ...deviceState,
          deviceAssignedBy: anyText,
        } satisfies Members<WrittenGroup>),
      ),
    ),
    devices: about(
      'devices that changed, each with its complete current state',
      list(
        record({
          serialNumber: device,
          ...deviceState,
          deviceAssignedBy: optional(anyText),
          mdmMigrationDeadline: optional(instant),
          throttledUntil: optional(instant),
          activationLocked: optional(flag),
          replaces: optional(record({ device, at: instant })),
        } satisfies Members<WrittenDevice>),
      ),
    ),
  },
  save: (state) => state.inventory.save(),
  restore: (state, saved) => state.inventory.restore(saved),
  write({ inventory: all }) {
    return {
      groups: all.addedGroups.map(({ devices, base, assignedBy }) => ({
        ...('generate' in devices ? { generated: devices } : { named: devices }),
        ...writtenState(base),
        deviceAssignedBy: assignedBy,
      })),
      devices: all.changed().map((ref): WrittenDevice => {
        const { assignedBy, migrationDeadline, ...rare } = all.rare(ref);
        return {
          serialNumber: ref,
          ...writtenState(all.state(ref)),
          ...rare,
          deviceAssignedBy: assignedBy,
          mdmMigrationDeadline: migrationDeadline,
        };
      }),
    };
  },
  read({ inventory: all }, { groups = [], devices = [] }) {
    for (const { named: literals = [], generated: definition, ...group } of groups) {
      all.add({
        devices: definition ?? literals,
        base: stateOf(group),
        assignedBy: group.deviceAssignedBy,
      });
    }
    for (const written of devices) {
      const ref = written.serialNumber;
      all.edit(ref, stateOf(written, all.state(ref)));
      const { throttledUntil, activationLocked, replaces } = written;
      const rare = {
        assignedBy: written.deviceAssignedBy,
        migrationDeadline: written.mdmMigrationDeadline,
        throttledUntil,
        activationLocked,
        replaces,
      };
      if (Object.values(rare).some((value) => value !== undefined)) all.writeRare(ref, rare);
    }
  },
});

/** In the order in which a file is read: devices name profiles, sync logs name devices. */
export const ENROLLMENT_MEMBERS: Members<EnrollmentState> = {
  terms: choice(['accepted', 'expired']),
  accountDriven: named(
    'account_driven_profile',
    about(
      'service discovery URL of account-driven enrollment',
      optional(record({ url: anyText, updatedAt: instant })),
    ),
  ),
  lastEvent: about('number of the newest sync event', count),
  profiles,
  inventory,
  servers: named('mdm_servers', mdmServers),
};
