import { ActionError, type ActionTable } from '../area.ts';
import type { Change } from '../change.ts';
import type { DeviceItem, LiteralDevice, ServerCredentials } from '../definition.ts';
import { DISOWNED, NO_PROFILE } from '../inventory/device-columns.ts';
import { serialClash } from '../inventory/device-groups.ts';
import type { DeviceRef } from '../inventory/serial-numbers.ts';
import type { Organization } from '../organization.ts';
import type { EnrollmentChange } from './change.ts';
import { currentToken, deriveServerCredentials, type MdmServer, serverNamed } from './mdm-server.ts';

export interface OneServer {
  /** The first MDM server if not given. */
  readonly mdm_server?: string | undefined;
}

/** Actions on devices, MDM servers and terms. */
export interface EnrollmentActions {
  readonly add_devices: readonly DeviceItem[];
  readonly remove_devices: readonly string[];
  readonly move_devices: {
    readonly devices: readonly string[];
    readonly mdm_server: string;
    readonly assigned_by?: string | undefined;
    /** Makes the next enrollment a migration; milliseconds since the epoch. */
    readonly mdm_migration_deadline?: number | undefined;
  };
  readonly replace_devices: readonly { readonly device: string; readonly replacement: LiteralDevice }[];
  readonly throttle_devices: {
    readonly devices: readonly string[];
    /** Milliseconds; `behavior: dep: throttle` if not given. */
    readonly for?: number | undefined;
  };
  readonly mark_profile_fetched: readonly string[];
  readonly expire_terms: true;
  readonly accept_terms: true;
  readonly revoke_server_token: OneServer;
  readonly expire_server_token: OneServer;
  readonly renew_server_token: OneServer;
}

/** The changes of each action. */
export const ENROLLMENT_ACTIONS: ActionTable<EnrollmentActions> = {
  add_devices: additions,
  remove_devices: (organization, serials) =>
    some({ type: 'devices_removed', devices: owned(organization, serials) }),
  move_devices: (organization, { devices, mdm_server, assigned_by, mdm_migration_deadline }) =>
    some({
      type: 'devices_moved',
      server: serverOf(organization, mdm_server).index,
      devices: notDisowned(organization, devices),
      assignedBy: assigned_by,
      deadline: mdm_migration_deadline,
    }),
  replace_devices: replacements,
  throttle_devices(organization, { devices, for: length = organization.behavior.dep.throttle }) {
    const until = organization.runtime.clock.now() + length;
    return some({ type: 'devices_throttled', devices: owned(organization, devices), until });
  },
  mark_profile_fetched: (organization, serials) =>
    some({ type: 'profile_fetched', devices: withProfile(organization, serials) }),
  expire_terms: () => [{ type: 'terms_expired' }],
  accept_terms: () => [{ type: 'terms_accepted' }],
  revoke_server_token: (organization, of) => [
    { type: 'server_token_revoked', server: serverFor(organization, of).index },
  ],
  expire_server_token: (organization, of) => [
    { type: 'server_token_expired', server: serverFor(organization, of).index },
  ],
  renew_server_token: (organization, of) => [renewal(organization, serverFor(organization, of))],
};

/** No change if it has no devices. */
function some(change: Change & { readonly devices: readonly unknown[] }): readonly Change[] {
  return change.devices.length === 0 ? [] : [change];
}

/** A new server token that replaces the current one. */
export function renewal(
  organization: Organization,
  server: MdmServer,
): Extract<EnrollmentChange, { type: 'server_token_renewed' }> {
  return {
    type: 'server_token_renewed',
    server: server.index,
    credentials: nextCredentials(organization, server),
    expiresAt: organization.nextExpiry(),
  };
}

/** Credentials for the next server token of an MDM server. */
function nextCredentials({ runtime, behavior }: Organization, server: MdmServer): ServerCredentials {
  const { identifiers } = runtime;
  const next = deriveServerCredentials(identifiers, identifiers.next(`server token ${server.serverName}`));
  return behavior.dep.renewal_consumer_key === 'same'
    ? { ...next, consumer_key: currentToken(server).consumer_key }
    : next;
}

/** A serial number of a named device that a generated one of these would have too. */
function clashOf({ enrollment }: Organization, runs: readonly (readonly DeviceItem[])[]): string | undefined {
  const { inventory } = enrollment;
  return serialClash(inventory.numbering, runs, inventory.nextPlace.number, inventory.namedSerials);
}

function serverOf(organization: Organization, name: string | undefined): MdmServer {
  const server = serverNamed(organization.enrollment, name);
  if (server !== undefined) return server;
  const names = organization.enrollment.servers.map(({ serverName }) => `"${serverName}"`).join(', ');
  throw new ActionError(
    name === undefined
      ? 'the organization has no MDM server'
      : `no MDM server is named ${JSON.stringify(name)}`,
    names === '' ? 'add one under `mdm_servers` of the scenario' : `the MDM servers are ${names}`,
  );
}

const serverFor = (organization: Organization, { mdm_server }: OneServer): MdmServer =>
  serverOf(organization, mdm_server);

function known(organization: Organization, serials: readonly string[]): readonly DeviceRef[] {
  return [...new Set(serials)].map((serial) => {
    const device = organization.enrollment.inventory.find(serial);
    if (device !== undefined) return device;
    throw new ActionError(
      `no device has the serial number ${JSON.stringify(serial)}`,
      'GET /_crabapple/devices lists the devices; serial numbers are upper case',
    );
  });
}

const serialOf = (organization: Organization, device: DeviceRef): string =>
  organization.enrollment.inventory.facts(device).serial_number;

function notDisowned(organization: Organization, serials: readonly string[]): readonly DeviceRef[] {
  const devices = known(organization, serials);
  const { inventory } = organization.enrollment;
  const disowned = devices.find((device) => inventory.serverOf(device) === DISOWNED);
  if (disowned === undefined) return devices;
  throw new ActionError(`${serialOf(organization, disowned)} was disowned`, 'Apple makes that permanent');
}

/** Devices that belong to an MDM server now. */
function owned(organization: Organization, serials: readonly string[]): readonly DeviceRef[] {
  const devices = notDisowned(organization, serials);
  const { inventory } = organization.enrollment;
  const loose = devices.find((device) => inventory.serverOf(device) < 0);
  if (loose === undefined) return devices;
  throw new ActionError(
    `${serialOf(organization, loose)} belongs to no MDM server`,
    'it was removed or replaced; `add_devices` or `move_devices` brings it back',
  );
}

function withProfile(organization: Organization, serials: readonly string[]): readonly DeviceRef[] {
  const devices = owned(organization, serials);
  const { inventory } = organization.enrollment;
  const without = devices.find((device) => {
    const { profile, profileStatus } = inventory.state(device);
    return profile === NO_PROFILE || profileStatus === 'removed';
  });
  if (without === undefined) return devices;
  throw new ActionError(
    `${serialOf(organization, without)} has no enrollment profile to fetch`,
    'the MDM assigns one with PUT /profile/devices',
  );
}

/** New devices by their MDM server. A device that was removed before returns with its former facts. */
function additions(organization: Organization, items: readonly DeviceItem[]): readonly Change[] {
  const { inventory } = organization.enrollment;
  const changes: Change[] = [];
  const fresh = new Map<number, DeviceItem[]>();
  const named = new Set<string>();
  for (const item of items) {
    const { index } = serverOf(organization, item.mdm_server);
    if (!('generate' in item)) {
      if (named.has(item.serial_number)) {
        throw new ActionError(`${item.serial_number} is given twice`, 'a serial number names one device');
      }
      named.add(item.serial_number);
      const device = inventory.find(item.serial_number);
      if (device !== undefined) {
        if (inventory.serverOf(device) >= 0) {
          throw new ActionError(
            `${item.serial_number} is there already`,
            '`move_devices` gives it to another MDM server',
          );
        }
        notDisowned(organization, [item.serial_number]);
        changes.push({ type: 'devices_moved', server: index, devices: [device] });
        continue;
      }
    }
    const group = fresh.get(index);
    if (group === undefined) fresh.set(index, [item]);
    else group.push(item);
  }
  const clash = clashOf(organization, [...fresh.values()]);
  if (clash !== undefined) {
    throw new ActionError(
      `the serial number ${clash} would belong to a generated device too`,
      'give the named device another serial number',
    );
  }
  for (const [server, devices] of fresh) changes.push({ type: 'devices_added', server, devices });
  return changes;
}

function replacements(
  organization: Organization,
  pairs: EnrollmentActions['replace_devices'],
): readonly Change[] {
  const { inventory } = organization.enrollment;
  const devices = owned(
    organization,
    pairs.map(({ device }) => device),
  );
  if (devices.length < pairs.length)
    throw new ActionError('a device is replaced twice', 'name each device once');
  const serials = new Set<string>();
  return pairs.map(({ replacement }, index) => {
    const serial = replacement.serial_number;
    if (inventory.find(serial) !== undefined || serials.has(serial)) {
      throw new ActionError(`${serial} is there already`, 'a replacement is a new device');
    }
    serials.add(serial);
    return { type: 'device_replaced', device: devices[index]!, replacement };
  });
}
