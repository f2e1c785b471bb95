import { deviceAt } from '../../api/devices.ts';
import type { Tenant } from '../../engine/tenant.ts';
import type { MdmServer } from '../../organization/enrollment/mdm-server.ts';
import { PROFILE_STATUSES } from '../../organization/inventory/device-columns.ts';
import type { InventoryReader } from '../../organization/inventory/inventory.ts';
import type { DeviceRef } from '../../organization/inventory/serial-numbers.ts';
import { ControlError, quoted } from './control-error.ts';
import { namedServer, pageLimit } from './query.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { flag, listOf, record, type Schema, text, textOrNull } from './schema.ts';

const PUSH_SCHEMA: Readonly<Record<string, Schema>> = {
  push_token: textOrNull('hexadecimal'),
  push_magic: textOrNull(),
  push_topic: text(),
  online: flag('pushes are delivered; while offline the newest is stored'),
  'unregistered_at?': textOrNull('time since which pushes to its token return 410'),
  'last_push?': record({
    apns_id: text(),
    at: textOrNull(),
    state: text('delivered, stored or discarded'),
    'reason?': text('why it was discarded'),
    'woke_device?': flag('false if the PushMagic was not that of the device'),
    'expires_at?': textOrNull('of a stored push'),
  }),
};

const DEVICE_SCHEMA: Schema = record({
  serial_number: text(),
  model: text(),
  description: text(),
  'color?': text(),
  'asset_tag?': text(),
  os: text(),
  device_family: text(),
  mdm_server: textOrNull('server_name of its MDM server'),
  'disowned?': flag(),
  profile_status: text(),
  profile_uuid: textOrNull(),
  'profile_name?': text(),
  profile_assign_time: textOrNull(),
  profile_push_time: textOrNull(),
  device_assigned_date: textOrNull(),
  device_assigned_by: text(),
  'mdm_migration_deadline?': textOrNull(),
  'throttled_until?': textOrNull('during a cooldown'),
  'activation_locked?': flag(),
  'replaces?': record({ serial_number: text(), at: textOrNull() }),
  ...PUSH_SCHEMA,
  identifiers: record({
    'imei?': listOf(text()),
    'meid?': listOf(text()),
    'eid?': text(),
    'wifi_mac_address?': text(),
    'bluetooth_mac_address?': text(),
    'ethernet_mac_address?': text(),
  }),
});

/** A page ends after so many devices, matching or not: a request must not search a million of them. */
const MAX_SEARCHED = 20_000;

const WALK = 500;

export const listDevices = route({
  name: 'devices',
  scope: 'organization',
  method: 'GET',
  path: 'devices',
  about: 'The devices of the organization, in the order in which they were added',
  query: {
    limit: pageLimit('devices on a page'),
    serial_number: { kind: 'text', about: 'only this device' },
    mdm_server: { kind: 'text', about: 'only devices of this MDM server, by its name or UUID' },
    profile_status: {
      kind: 'word',
      about: 'only devices with this profile status',
      words: PROFILE_STATUSES,
    },
    cursor: { kind: 'text', about: '`next` of the previous page' },
  },
  response: {
    about: 'a page of devices; it may be empty and still have a `next`',
    schema: record({
      devices: listOf(DEVICE_SCHEMA),
      next: textOrNull('`cursor` of the next page, null at the end'),
    }),
  },
  handler({ tenant, query }) {
    const { organization } = tenant;
    organization.runDueTasks();
    const server = query.mdm_server === undefined ? undefined : namedServer(organization, query.mdm_server);
    const { inventory } = organization.enrollment;
    const matches = (device: DeviceRef): boolean =>
      (server === undefined || inventory.serverOf(device) === server.index) &&
      (query.profile_status === undefined || inventory.state(device).profileStatus === query.profile_status);
    const from = query.cursor === undefined ? 0 : readCursor(query.cursor);
    const { devices, next } =
      query.serial_number === undefined
        ? page(candidates(inventory, server, from), matches, query.limit)
        : one(tenant, query.serial_number, matches);
    return json({
      devices: devices.map((device) => deviceAt(organization, device)),
      next: next === undefined ? null : writeCursor(next),
    });
  },
});

interface Page {
  readonly devices: readonly DeviceRef[];
  readonly next: DeviceRef | undefined;
}

function one({ organization }: Tenant, serial: string, matches: (device: DeviceRef) => boolean): Page {
  const device = organization.enrollment.inventory.find(serial);
  return { devices: device !== undefined && matches(device) ? [device] : [], next: undefined };
}

function page(candidates: Iterable<DeviceRef>, matches: (device: DeviceRef) => boolean, limit: number): Page {
  const devices: DeviceRef[] = [];
  let searched = 0;
  for (const device of candidates) {
    if (devices.length === limit || searched === MAX_SEARCHED) return { devices, next: device };
    searched += 1;
    if (matches(device)) devices.push(device);
  }
  return { devices, next: undefined };
}

/** Devices of one MDM server are found without a look at the others. */
function* candidates(
  inventory: InventoryReader,
  server: MdmServer | undefined,
  from: DeviceRef,
): Generator<DeviceRef> {
  if (server === undefined) {
    yield* inventory.all(from);
    return;
  }
  for (let next: DeviceRef | undefined = from; next !== undefined; ) {
    const walk = inventory.walk(server.index, next, WALK, Number.MAX_SAFE_INTEGER);
    yield* walk.devices;
    next = walk.next;
  }
}

const writeCursor = (device: DeviceRef): string => device.toString(36);

/** @throws ControlError */
function readCursor(cursor: string): DeviceRef {
  const device = /^[0-9a-z]{1,10}$/.test(cursor) ? Number.parseInt(cursor, 36) : Number.NaN;
  if (Number.isSafeInteger(device)) return device;
  throw new ControlError(400, `the cursor ${quoted(cursor)} is invalid`, 'give `next` of the previous page');
}
