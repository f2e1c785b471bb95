import { operation } from '../../engine/service.ts';
import { type AssetReader, availableOf } from '../../organization/content/asset-list.ts';
import { UNLIMITED } from '../../organization/content/definition.ts';
import { readScheme } from './authenticate.ts';
import { pageMembers, pageSpan, selection } from './page.ts';
import { VPP_PAGES } from './pages.ts';
import { isAppleError, type QueryMembers, readQuery } from './query.ts';
import { answer } from './render.ts';

const QUERY = {
  pageIndex: 'integer',
  productType: 'text',
  pricingParam: 'text',
  revocable: 'flag',
  deviceAssignable: 'flag',
  minAvailableCount: 'integer',
  maxAvailableCount: 'integer',
  minAssignedCount: 'integer',
  maxAssignedCount: 'integer',
  adamId: 'text',
  unlimited: 'flag',
} as const;

type Query = QueryMembers<typeof QUERY>;

const isUnlimited = (asset: AssetReader): boolean => asset.total === UNLIMITED;

function fits(query: Query, asset: AssetReader): boolean {
  const available = availableOf(asset);
  return (
    (query.productType ?? asset.productType) === asset.productType &&
    (query.pricingParam ?? asset.pricingParam) === asset.pricingParam &&
    (query.revocable ?? asset.revocable) === asset.revocable &&
    (query.deviceAssignable ?? asset.deviceAssignable) === asset.deviceAssignable &&
    available >= (query.minAvailableCount ?? available) &&
    available <= (query.maxAvailableCount ?? available) &&
    asset.assigned >= (query.minAssignedCount ?? asset.assigned) &&
    asset.assigned <= (query.maxAssignedCount ?? asset.assigned) &&
    (query.adamId ?? asset.adamId) === asset.adamId &&
    !(query.unlimited === false && isUnlimited(asset))
  );
}

function shown(asset: AssetReader): Record<string, unknown> {
  return {
    adamId: asset.adamId,
    assignedCount: asset.assigned,
    availableCount: availableOf(asset),
    deviceAssignable: asset.deviceAssignable,
    pricingParam: asset.pricingParam,
    productType: asset.productType,
    retiredCount: asset.retired,
    revocable: asset.revocable,
    supportedPlatforms: asset.platforms,
    totalCount: asset.total,
  };
}

/** https://developer.apple.com/documentation/devicemanagement/managing-assets: only assigned licenses are counted. */
function shownUnlimited(asset: AssetReader): Record<string, unknown> {
  const { availableCount, retiredCount, totalCount, ...rest } = shown(asset);
  return rest;
}

export const getAssets = operation({
  name: 'vpp.assets',
  methods: ['GET'],
  path: '/mdm/v2/assets',
  about: 'Lists the apps and books of the location in pages',
  scheme: readScheme,
  errors: ['9602', '9650'],
  source: VPP_PAGES.getAssets,
  handler({ organization, request, caller }) {
    const query = readQuery(request, QUERY);
    if (isAppleError(query)) return query;
    const { location } = caller;
    const { pageIndex, ...filter } = query;
    const all = location.assets.all;
    const filtered = Object.keys(filter).length > 0;
    const indexes = filtered
      ? selection(location, `assets ${location.versions.assets} ${JSON.stringify(filter)}`, () =>
          all.filter((asset) => fits(filter, asset)).map(({ index }) => index),
        )
      : undefined;
    const span = pageSpan(organization, pageIndex, indexes?.length ?? all.length);
    if (isAppleError(span)) return span;
    const assets =
      indexes === undefined
        ? all.slice(span.start, span.start + span.size)
        : indexes.slice(span.start, span.start + span.size).map((index) => all[index]!);
    const apart = filter.unlimited === true;
    return answer(organization, caller, {
      assets: (apart ? assets.filter((asset) => !isUnlimited(asset)) : assets).map(shown),
      ...(apart ? { unlimitedAssets: assets.filter(isUnlimited).map(shownUnlimited) } : {}),
      ...pageMembers(organization, location, 'assets', span),
    });
  },
});
