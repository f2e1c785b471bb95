import type { ProfileStatus } from '../definition.ts';
import { type DeviceState, DISOWNED, NO_PROFILE, NO_SERVER } from '../inventory/device-columns.ts';
import type { RareState } from '../inventory/inventory.ts';
import type { Applying } from './apply-devices.ts';

/** What has become of a device since it came, as a file tells it. Times in milliseconds since the epoch. */
export interface ChangedDevice {
  readonly serial_number: string;
  /** Undefined: of none any longer. */
  readonly mdm_server?: string | undefined;
  readonly disowned?: boolean | undefined;
  /** `profile_uuid` of its profile. */
  readonly profile?: string | undefined;
  readonly profile_status?: ProfileStatus | undefined;
  readonly profile_assign_time?: number | undefined;
  readonly profile_push_time?: number | undefined;
  readonly device_assigned_date?: number | undefined;
  readonly device_assigned_by?: string | undefined;
  readonly mdm_migration_deadline?: number | undefined;
  readonly throttled_until?: number | undefined;
  readonly activation_locked?: boolean | undefined;
  readonly replaces?: { readonly device: string; readonly at: number } | undefined;
}

/** At the beginning, when all devices are there. What a file does not say is as with a device that just came. */
export function settleChanged(applying: Applying, changed: ChangedDevice): void {
  const { inventory } = applying.state;
  const ref = inventory.find(changed.serial_number);
  if (ref === undefined) return;
  inventory.edit(ref, stateOf(applying, changed));
  inventory.writeRare(ref, rareOf(applying, changed));
  const { throttled_until: until } = changed;
  if (until !== undefined) applying.later(until, { type: 'throttle_ended', devices: [ref] });
}

function stateOf({ state }: Applying, changed: ChangedDevice): Partial<DeviceState> {
  const { mdm_server: name, profile } = changed;
  const server = state.servers.find(({ serverName }) => serverName === name);
  const none = changed.disowned ? DISOWNED : NO_SERVER;
  const stored = profile === undefined ? undefined : state.profiles.find(profile, 'lenient');
  return {
    server: name === undefined ? none : server?.index,
    profile: stored?.number ?? NO_PROFILE,
    profileStatus: changed.profile_status ?? 'empty',
    assignedDate: changed.device_assigned_date,
    profileAssignTime: changed.profile_assign_time ?? 0,
    profilePushTime: changed.profile_push_time ?? 0,
  } as Partial<DeviceState>;
}

function rareOf({ state }: Applying, changed: ChangedDevice): RareState {
  const { replaces } = changed;
  const replaced = replaces === undefined ? undefined : state.inventory.find(replaces.device);
  return {
    assignedBy: changed.device_assigned_by,
    migrationDeadline: changed.mdm_migration_deadline,
    throttledUntil: changed.throttled_until,
    activationLocked: changed.activation_locked,
    replaces:
      replaces === undefined || replaced === undefined ? undefined : { device: replaced, at: replaces.at },
  };
}
