import { availableOf } from '../../organization/content/asset-list.ts';
import type { Location as ContentLocation } from '../../organization/content/location.ts';
import type { Location } from '../location.ts';

/** A location as it is now. Its lists are made when somebody looks at them: there may be a million users. */
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
