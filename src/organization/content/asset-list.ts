import type { LiteralAsset, PricingParam, ProductType, SupportedPlatform } from './definition.ts';

/** The licenses of a location for an app or book. `total - assigned` are available. */
export interface Asset {
  readonly index: number;
  readonly adamId: string;
  readonly pricingParam: PricingParam;
  readonly productType: ProductType;
  readonly deviceAssignable: boolean;
  readonly revocable: boolean;
  readonly platforms: readonly SupportedPlatform[];
  total: number;
  retired: number;
  assigned: number;
}

export type AssetReader = Readonly<Asset>;

export const availableOf = (asset: AssetReader): number => asset.total - asset.assigned;

/** The assets of a location, in the order in which they were added. */
export class AssetList {
  readonly #assets: Asset[] = [];
  readonly #byKey = new Map<string, Asset>();

  get all(): readonly Asset[] {
    return this.#assets;
  }

  get(index: number): Asset | undefined {
    return this.#assets[index];
  }

  find(adamId: string, pricingParam: string): Asset | undefined {
    return this.#byKey.get(`${adamId}/${pricingParam}`);
  }

  add(asset: Omit<Asset, 'index' | 'assigned'>): Asset {
    const added = { ...asset, index: this.#assets.length, assigned: 0 };
    this.#assets.push(added);
    this.#byKey.set(`${asset.adamId}/${asset.pricingParam}`, added);
    return added;
  }

  save(): readonly Readonly<Asset>[] {
    return this.#assets.map((asset) => ({ ...asset }));
  }

  restore(assets: readonly Readonly<Asset>[]): void {
    this.#assets.length = 0;
    this.#byKey.clear();
    for (const { assigned, ...asset } of assets) this.add(asset).assigned = assigned;
  }
}

export interface AssetListReader {
  readonly all: readonly AssetReader[];
  get(index: number): AssetReader | undefined;
  find(adamId: string, pricingParam: string): AssetReader | undefined;
}

const DEFAULT_TOTAL = 100;

/** The given facts and their defaults: books are neither revocable nor assignable to devices. */
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
