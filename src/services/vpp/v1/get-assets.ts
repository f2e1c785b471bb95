import { type AssetReader, availableOf } from '../../../organization/content/asset-list.ts';
import { operation } from '../../operation.ts';
import { VPP_PAGES } from '../pages.ts';
import { legacyReadScheme } from './authenticate.ts';
import { flagIn, textIn } from './body.ts';
import { productTypeOf } from './product-type.ts';
import { legacyAnswer } from './render.ts';

function shown(asset: AssetReader, counts: boolean): Record<string, unknown> {
  return {
    adamIdStr: asset.adamId,
    ...(counts ? { assignedCount: asset.assigned, availableCount: availableOf(asset) } : {}),
    deviceAssignable: asset.deviceAssignable,
    isIrrevocable: !asset.revocable,
    pricingParam: asset.pricingParam,
    ...productTypeOf(asset),
    ...(counts ? { retiredCount: asset.retired, totalCount: asset.total } : {}),
  };
}

export const legacyAssets = operation({
  about: 'v1: lists the apps and books of the location',
  scheme: legacyReadScheme,
  errors: [],
  source: VPP_PAGES.legacyAssets,
  handler({ organization, caller }) {
    const { location, body } = caller;
    const pricing = textIn(body, 'pricingParam');
    const counts = flagIn(body, 'includeLicenseCounts');
    const assets = location.assets.all.filter(
      ({ pricingParam }) => (pricing ?? pricingParam) === pricingParam,
    );
    return legacyAnswer(organization, caller, {
      assets: assets.map((asset) => shown(asset, counts)),
      totalCount: assets.length,
    });
  },
});
