import { type AssetReader, availableOf } from '../../../organization/content/asset-list.ts';
import { isSerialTarget, targetNumber } from '../../../organization/content/licenses.ts';
import type { Location } from '../../../organization/content/location.ts';
import { idHashOf } from '../../../organization/content/user-rules.ts';
import { productTypeOf } from './product-type.ts';

/** Licenses of an asset have numbers below this. */
const SPAN = 10_000_000_000;

/** A license without user that is listed; of more than these nobody can make use. */
const MOST_FREE_LISTED = 10_000;

/** Number of a license in a location: that of its asset and its own within the asset. */
export const licenseIdOf = (asset: number, license: number): number => (asset + 1) * SPAN + license;

export const assetOfLicense = (licenseId: number): number => Math.floor(licenseId / SPAN) - 1;
export const numberOfLicense = (licenseId: number): number => licenseId % SPAN;

/** Licenses that nobody has, the lowest first. */
export function freeLicenses({ assignments }: Location, asset: AssetReader): number[] {
  const ids: number[] = [];
  const wanted = Math.min(availableOf(asset), MOST_FREE_LISTED);
  for (let license = 0; ids.length < wanted; license += 1) {
    if (assignments.slotOfLicense(asset.index, license) === undefined)
      ids.push(licenseIdOf(asset.index, license));
  }
  return ids;
}

/** A license as https://developer.apple.com/documentation/devicemanagement/vpplicense shows it. */
export function shownLicense(location: Location, licenseId: number): Record<string, unknown> {
  const asset = location.assets.get(assetOfLicense(licenseId))!;
  const slot = location.assignments.slotOfLicense(asset.index, numberOfLicense(licenseId));
  return {
    adamId: Number(asset.adamId),
    adamIdStr: asset.adamId,
    isIrrevocable: !asset.revocable,
    licenseId,
    licenseIdStr: String(licenseId),
    pricingParam: asset.pricingParam,
    ...productTypeOf(asset),
    ...(slot === undefined ? { status: 'Available' } : holder(location, slot)),
  };
}

function holder(location: Location, slot: number): Record<string, unknown> {
  const target = location.assignments.targetAt(slot);
  if (isSerialTarget(target)) {
    return { serialNumber: location.serials.serial(targetNumber(target)), status: 'Associated' };
  }
  const user = location.users.get(targetNumber(target))!;
  return {
    clientUserIdStr: user.clientUserId,
    ...(user.appleAccount === undefined ? {} : { itsIdHash: idHashOf(location, user.appleAccount) }),
    status: 'Associated',
    userId: user.userId,
    userIdStr: String(user.userId),
  };
}
