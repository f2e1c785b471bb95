import { type ApplyingContent, locationOf } from './applying.ts';
import { assetOf } from './asset-facts.ts';
import type { ContentChange, Target } from './change.ts';
import { assign, assignmentsWritten, serialTarget, unassign, userTarget } from './licenses.ts';
import type { LocationState } from './location.ts';
import { notify } from './notify.ts';

type Managed = Extract<ContentChange, { type: 'content_licenses_managed' }>;
type Counted = Extract<ContentChange, { type: 'content_assets_counted' }>;

/** Disassociations come first: https://developer.apple.com/documentation/devicemanagement/manage-licenses */
export function manageLicenses(applying: ApplyingContent, change: Managed): void {
  const location = locationOf(applying, change);
  const asset = location.assets.get(change.asset)!;
  assignmentsWritten(location);
  const version = location.versions.assignments;
  for (const target of change.disassociate) {
    const ref = known(location, target);
    if (ref !== undefined) unassign(location, asset, ref, version);
  }
  for (const target of change.associate) {
    const ref =
      'user' in target ? userTarget(target.user) : serialTarget(location.serials.take(target.serial));
    assign(location, asset, ref, version);
  }
}

function known(location: LocationState, target: Target): number | undefined {
  if ('user' in target) return userTarget(target.user);
  const number = location.serials.number(target.serial);
  return number === undefined ? undefined : serialTarget(number);
}

/** A purchase, a transfer or a refund. */
export function countAssets(applying: ApplyingContent, change: Counted): void {
  const location = locationOf(applying, change);
  const { adamId, pricingParam, delta, retired, facts } = change;
  const asset =
    location.assets.find(adamId, pricingParam) ??
    location.assets.add(assetOf({ ...facts, adam_id: adamId, pricing_param: pricingParam, total: 0 }));
  asset.total += delta;
  if (retired) asset.retired -= delta;
  location.versions.assets += 1;
  notify(applying, location, 'ASSET_COUNT', { adamId, pricingParam, countDelta: delta });
}
