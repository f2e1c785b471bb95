import type { Asset } from './asset-shelf.ts';
import type { LiteralAsset } from './definition.ts';

const DEFAULT_TOTAL = 100;

/** The given facts and what follows from them: books are neither revocable nor for devices. */
export function assetOf(definition: LiteralAsset): Omit<Asset, 'index' | 'assigned'> {
  const productType = definition.product_type ?? 'App';
  const app = productType === 'App';
  return {
    adamId: definition.adam_id,
    pricingParam: definition.pricing_param ?? 'STDQ',
    productType,
    deviceAssignable: definition.device_assignable ?? app,
    revocable: definition.revocable ?? app,
    platforms: definition.platforms ?? ['iOS'],
    total: definition.total ?? DEFAULT_TOTAL,
    retired: definition.retired ?? 0,
  };
}
