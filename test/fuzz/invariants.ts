import assert from 'node:assert/strict';
import { availableOf } from '../../src/organization/content/asset-list.ts';
import { NO_PROFILE } from '../../src/organization/inventory/device-columns.ts';
import type { Organization } from '../../src/organization/organization.ts';

/** Asserts that the state of an organization is consistent. */
export function assertConsistent({ enrollment, content }: Organization): void {
  const { inventory, profiles } = enrollment;
  const devices = [...inventory.all()];
  const serials = new Set(devices.map((device) => inventory.serialNumber(device)));
  assert.equal(serials.size, devices.length, 'a serial number is not unique');
  assert.equal(devices.length, inventory.deviceCount, 'deviceCount is wrong');
  for (const device of devices) {
    const { profile, profileStatus } = inventory.state(device);
    const serial = inventory.serialNumber(device);
    if (profile !== NO_PROFILE) assert.ok(profiles.get(profile), `${serial} has an unknown profile`);
    if (profileStatus === 'assigned')
      assert.notEqual(profile, NO_PROFILE, `${serial} is assigned without a profile`);
  }
  for (const { name, assets, assignments } of content.locations) {
    const assigned = assets.all.reduce((sum, asset) => sum + asset.assigned, 0);
    assert.equal(assignments.size, assigned, `${name}: assignments and licenses differ`);
    for (const asset of assets.all) {
      assert.ok(
        asset.assigned >= 0 && availableOf(asset) >= 0,
        `${name}: ${asset.adamId} has more assignments than licenses`,
      );
    }
  }
}
