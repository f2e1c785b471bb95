import assert from 'node:assert/strict';
import { availableOf } from '../../src/organization/content/asset-list.ts';
import { NO_PROFILE } from '../../src/organization/inventory/device-columns.ts';
import type { Organization } from '../../src/organization/organization.ts';

/** What is true of an organization whatever it was asked. */
export function assertWhole({ enrollment, content }: Organization): void {
  const { inventory, profiles } = enrollment;
  const devices = [...inventory.all()];
  const serials = new Set(devices.map((device) => inventory.serialNumber(device)));
  assert.equal(serials.size, devices.length, 'a serial number stands twice');
  assert.equal(devices.length, inventory.deviceCount, 'devices are not counted right');
  for (const device of devices) {
    const { profile, profileStatus } = inventory.state(device);
    const serial = inventory.serialNumber(device);
    if (profile !== NO_PROFILE) assert.ok(profiles.get(profile), `${serial} has a profile that is none`);
    if (profileStatus === 'assigned') assert.notEqual(profile, NO_PROFILE, `${serial} has no profile`);
  }
  for (const { name, assets, assignments } of content.locations) {
    const assigned = assets.all.reduce((sum, asset) => sum + asset.assigned, 0);
    assert.equal(assignments.size, assigned, `${name}: assignments and licenses differ`);
    for (const asset of assets.all) {
      assert.ok(
        asset.assigned >= 0 && availableOf(asset) >= 0,
        `${name}: ${asset.adamId} is given too often`,
      );
    }
  }
}
