import type { AssetReader } from '../../../organization/content/asset-list.ts';

/** 7 Mac software, 8 apps, 10 books: https://developer.apple.com/documentation/devicemanagement/vppasset */
export function productTypeOf({ productType, platforms }: AssetReader): {
  readonly productTypeId: number;
  readonly productTypeName: string;
} {
  if (productType === 'Book') return { productTypeId: 10, productTypeName: 'Publication' };
  return platforms.every((platform) => platform === 'macOS')
    ? { productTypeId: 7, productTypeName: 'Software' }
    : { productTypeId: 8, productTypeName: 'Application' };
}
