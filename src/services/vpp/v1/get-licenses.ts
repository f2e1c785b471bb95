import { AppleError } from '../../../core/apple-error.ts';
import type { AssetReader } from '../../../organization/content/asset-list.ts';
import { isSerialTarget, serialTarget } from '../../../organization/content/licenses.ts';
import type { Location } from '../../../organization/content/location.ts';
import { operation } from '../../operation.ts';
import { VPP_PAGES } from '../pages.ts';
import { selection } from '../v2/selection.ts';
import { vppError } from '../vpp-error.ts';
import { legacyReadScheme } from './authenticate.ts';
import { batchOf, type Walk, walkIn } from './batch.ts';
import { flagIn, type LegacyBody, textIn } from './body.ts';
import { freeLicenses, licenseIdOf, shownLicense } from './license.ts';
import { legacyAnswer } from './render.ts';

interface Filter {
  readonly adamId?: string;
  readonly pricingParam?: string;
  readonly serialNumber?: string;
  readonly only?: 'assigned' | 'users' | 'devices';
}

function filterIn(body: LegacyBody): Filter | AppleError {
  const adamId = textIn(body, 'adamId') ?? textIn(body, 'adamIdStr');
  const pricingParam = textIn(body, 'pricingParam');
  const serialNumber = textIn(body, 'serialNumber');
  if (pricingParam !== undefined && adamId === undefined) {
    return vppError('9602', '`pricingParam` needs an `adamId`');
  }
  const users = flagIn(body, 'userAssignedOnly');
  const devices = flagIn(body, 'deviceAssignedOnly');
  if (users && devices) {
    return vppError('9602', '`userAssignedOnly` and `deviceAssignedOnly` exclude each other');
  }
  const only = users ? 'users' : devices ? 'devices' : flagIn(body, 'assignedOnly') ? 'assigned' : undefined;
  return {
    ...(adamId === undefined ? {} : { adamId }),
    ...(pricingParam === undefined ? {} : { pricingParam }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(only === undefined ? {} : { only }),
  };
}

const idOf = ({ assignments }: Location, slot: number): number =>
  licenseIdOf(assignments.assetAt(slot), assignments.licenseAt(slot));

function assetFits(filter: Filter, asset: AssetReader): boolean {
  return (
    (filter.adamId ?? asset.adamId) === asset.adamId &&
    (filter.pricingParam ?? asset.pricingParam) === asset.pricingParam
  );
}

function slotFits(location: Location, filter: Filter, slot: number): boolean {
  const { assets, assignments } = location;
  if (!assetFits(filter, assets.get(assignments.assetAt(slot))!)) return false;
  const serial = isSerialTarget(assignments.targetAt(slot));
  return filter.only === 'users' ? !serial : filter.only === 'devices' ? serial : true;
}

/** Ids of all licenses that a filter leaves; what is free stands behind what is assigned of the same asset. */
function everyLicense(location: Location, filter: Filter): number[] {
  const { assets, assignments, serials } = location;
  const slots = (found: readonly number[]): number[] =>
    found.filter((slot) => slotFits(location, filter, slot)).map((slot) => idOf(location, slot));
  if (filter.serialNumber !== undefined) {
    const number = serials.number(filter.serialNumber);
    return number === undefined ? [] : slots(assignments.ofTarget(serialTarget(number)));
  }
  return assets.all
    .filter((asset) => assetFits(filter, asset))
    .flatMap((asset) => [
      ...slots(assignments.ofAsset(asset.index)),
      ...(filter.only === undefined ? freeLicenses(location, asset) : []),
    ]);
}

function changedLicenses(location: Location, filter: Filter, since: number): number[] {
  const { assets, assignments } = location;
  const taken = assignments.changedSince(since).filter((slot) => slotFits(location, filter, slot));
  const freed = assignments
    .freedSince(since)
    .filter(({ asset }) => filter.only === undefined && assetFits(filter, assets.get(asset)!))
    .map(({ asset, license }) => licenseIdOf(asset, license));
  return [...taken.map((slot) => idOf(location, slot)), ...freed];
}

function licensesOf(location: Location, { filter, since }: Walk): readonly number[] {
  const key = `v1 licenses ${location.versions.assets} ${since} ${JSON.stringify(filter)}`;
  return selection(location, key, () =>
    since === 0 ? everyLicense(location, filter) : changedLicenses(location, filter, since),
  );
}

export const legacyLicenses = operation({
  about: 'v1: lists licenses, batch by batch or as they changed',
  scheme: legacyReadScheme,
  errors: ['9602', '9629', '9633'],
  source: VPP_PAGES.legacyLicenses,
  handler({ organization, caller }) {
    const { location, body } = caller;
    const filter = filterIn(body);
    if (filter instanceof AppleError) return filter;
    const walk = walkIn(organization, location, 'assignments', body, { ...filter });
    if (walk instanceof AppleError) return walk;
    const batch = batchOf(organization, location, 'assignments', walk, licensesOf(location, walk));
    if (batch instanceof AppleError) return batch;
    return legacyAnswer(organization, caller, {
      ...batch.members,
      ifModifiedSinceMillisOrig: textIn(body, 'ifModifiedSince') ?? '0',
      licenses: batch.items.map((id) => shownLicense(location, id)),
    });
  },
});
