import { deviceAt } from '../../api/live/device.ts';
import type { Tenant } from '../../engine/tenant.ts';
import type { MdmServer } from '../../organization/enrollment/mdm-server.ts';
import { PROFILE_STATUSES } from '../../organization/inventory/device-columns.ts';
import type { InventoryReader } from '../../organization/inventory/inventory.ts';
import type { DeviceRef } from '../../organization/inventory/serial-numbers.ts';
import { ControlError, quoted } from './control-error.ts';
import { namedServer } from './named-server.ts';
import { pageLimit } from './query.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { listOf, record, textOrNull } from './schema.ts';
import { DEVICE_SCHEMA } from './shown-device.ts';

/** A page ends after so many devices, fitting or not, so that a million of them hold nobody up. */
const MOST_LOOKED_AT = 20_000;

const WALK = 500;

export const listDevices = route({
  name: 'devices',
  scope: 'organization',
  method: 'GET',
  path: 'devices',
  about: 'Devices as Apple knows them, in the order in which they came',
  query: {
    limit: pageLimit('devices on a page'),
    serial_number: { kind: 'text', about: 'this device only' },
    mdm_server: { kind: 'text', about: 'devices of this MDM server only, by its name or UUID' },
    profile_status: { kind: 'word', about: 'devices of this profile status only', words: PROFILE_STATUSES },
    cursor: { kind: 'text', about: '`next` of the page before' },
  },
  answer: {
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
    const wanted = (device: DeviceRef): boolean =>
      (server === undefined || inventory.serverOf(device) === server.index) &&
      (query.profile_status === undefined || inventory.state(device).profileStatus === query.profile_status);
    const from = query.cursor === undefined ? 0 : readPosition(query.cursor);
    const { devices, next } =
      query.serial_number === undefined
        ? page(candidates(inventory, server, from), wanted, query.limit)
        : one(tenant, query.serial_number, wanted);
    return json({
      devices: devices.map((device) => deviceAt(organization, device)),
      next: next === undefined ? null : writePosition(next),
    });
  },
});

interface Page {
  readonly devices: readonly DeviceRef[];
  readonly next: DeviceRef | undefined;
}

function one({ organization }: Tenant, serial: string, wanted: (device: DeviceRef) => boolean): Page {
  const device = organization.enrollment.inventory.find(serial);
  return { devices: device !== undefined && wanted(device) ? [device] : [], next: undefined };
}

function page(candidates: Iterable<DeviceRef>, wanted: (device: DeviceRef) => boolean, limit: number): Page {
  const devices: DeviceRef[] = [];
  let lookedAt = 0;
  for (const device of candidates) {
    if (devices.length === limit || lookedAt === MOST_LOOKED_AT) return { devices, next: device };
    lookedAt += 1;
    if (wanted(device)) devices.push(device);
  }
  return { devices, next: undefined };
}

/** Those of one MDM server are found without a look at every other. */
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

const writePosition = (device: DeviceRef): string => device.toString(36);

/** @throws ControlError */
function readPosition(cursor: string): DeviceRef {
  const device = /^[0-9a-z]{1,10}$/.test(cursor) ? Number.parseInt(cursor, 36) : Number.NaN;
  if (Number.isSafeInteger(device)) return device;
  throw new ControlError(
    400,
    `the cursor ${quoted(cursor)} was never issued here`,
    'give `next` of the page before',
  );
}
