import { availableOf } from '../organization/content/asset-list.ts';
import type { Location as ContentLocation } from '../organization/content/location.ts';

/** The licenses of a location for one app or book. */
export interface OwnedAsset {
  readonly adam_id: string;
  readonly pricing_param: 'STDQ' | 'PLUS';
  readonly product_type: 'App' | 'Book';
  /** Licenses owned. */
  readonly total: number;
  readonly assigned: number;
  /** Neither assigned nor retired. */
  readonly available: number;
  readonly retired: number;
}

/** A user that the MDM registered. */
export interface LocationUser {
  readonly client_user_id: string;
  readonly status: 'Registered' | 'Associated' | 'Retired';
  readonly email?: string | undefined;
  readonly managed_apple_id?: string | undefined;
}

/** The current assets and users of a location of Apps and Books. */
export interface Location {
  readonly name: string;
  /** Library id: digits. */
  readonly u_id: string;
  /** ISO 3166-1. */
  readonly country: string;
  readonly assets: readonly OwnedAsset[];
  /** The newest record of each `client_user_id`. */
  readonly users: readonly LocationUser[];
}

/** Builds the lists when they are read: a location can have a million users. */
export const locationOf = ({ name, uId, country, assets, users }: ContentLocation): Location => ({
  name,
  u_id: uId,
  country,
  get assets() {
    return assets.all.map((asset) => ({
      adam_id: asset.adamId,
      pricing_param: asset.pricingParam,
      product_type: asset.productType,
      total: asset.total,
      assigned: asset.assigned,
      available: availableOf(asset),
      retired: asset.retired,
    }));
  },
  get users() {
    return users.all
      .filter((user) => users.find(user.clientUserId) === user)
      .map(({ clientUserId, status, email, managedAppleId }) => ({
        client_user_id: clientUserId,
        status,
        ...(email === undefined ? {} : { email }),
        ...(managedAppleId === undefined ? {} : { managed_apple_id: managedAppleId }),
      }));
  },
});
