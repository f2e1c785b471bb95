import type { GeneratedDevices } from '../../../src/organization/definition.ts';
import { type DeviceState, NO_PROFILE } from '../../../src/organization/inventory/device-columns.ts';
import { Inventory } from '../../../src/organization/inventory/inventory.ts';
import type { Numbering } from '../../../src/organization/inventory/numbering.ts';

/** As a device is when it comes to an MDM server by an event. */
export const arrived = (server: number, event: number): DeviceState => ({
  server,
  profile: NO_PROFILE,
  profileStatus: 'empty',
  assignedDate: 1_000,
  profileAssignTime: 0,
  profilePushTime: 0,
  memberSince: event,
});

/** An inventory of these groups, all of the first MDM server since events 1, 2, …. */
export function inventoryOf(numbering: Numbering, groups: readonly GeneratedDevices[]): Inventory {
  const inventory = new Inventory(numbering);
  groups.forEach((devices, index) => {
    inventory.add({ devices, base: arrived(0, index + 1), assignedBy: 'admin@example.com' });
  });
  return inventory;
}
