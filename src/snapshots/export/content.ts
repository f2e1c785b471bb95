import { isSerialTarget, targetNumber } from '../../organization/content/licenses.ts';
import type { Location } from '../../organization/content/location.ts';
import { Organization } from '../../organization/organization.ts';
import { at, said, some } from './text.ts';

/** Locations, those as they were described where nothing has happened to them. */
export function locationsOf({ definition, content }: Organization): readonly object[] | undefined {
  const beginning = new Organization('beginning', definition).content;
  return definition.locations?.map((described, index) => {
    const location = content.locations[index]!;
    const before = beginning.locations[index]!;
    const same = JSON.stringify(location.versions) === JSON.stringify(before.versions);
    return said({
      ...described,
      u_id: location.uId,
      mdm_info: location.config.mdmInfo,
      content_tokens: location.tokens.map(({ token, rights, kind, status, expiresAt }) => ({
        token,
        rights,
        kind,
        status,
        expires: at(expiresAt),
      })),
      ...(same ? {} : inventoryOf(location)),
      subscriptions: subscriptionsOf(location),
    });
  });
}

function inventoryOf(location: Location): object {
  return {
    assets: some(
      location.assets.all.map((asset) => ({
        adam_id: asset.adamId,
        pricing_param: asset.pricingParam,
        product_type: asset.productType,
        total: asset.total,
        retired: asset.retired,
        device_assignable: asset.deviceAssignable,
        revocable: asset.revocable,
        platforms: asset.platforms,
      })),
    ),
    users: some(
      location.users.all
        // Of several records of a person a file can tell the one that counts.
        .filter((user) => location.users.find(user.clientUserId) === user)
        .map((user) =>
          said({
            client_user_id: user.clientUserId,
            email: user.email,
            managed_apple_id: user.managedAppleId,
            status: user.status,
          }),
        ),
    ),
    assignments: some(assignmentsOf(location)),
  };
}

function assignmentsOf(location: Location): readonly object[] {
  const { assignments, users, serials, assets } = location;
  return assets.all.flatMap(({ index, adamId, pricingParam }) => {
    const targets = assignments.ofAsset(index).map((slot) => assignments.targetAt(slot));
    if (targets.length === 0) return [];
    const [devices, people] = [targets.filter(isSerialTarget), targets.filter((one) => !isSerialTarget(one))];
    return said({
      adam_id: adamId,
      pricing_param: pricingParam,
      client_user_ids: some(people.map((person) => users.get(targetNumber(person))!.clientUserId)),
      serial_numbers: some(devices.map((device) => serials.serial(targetNumber(device)))),
    });
  });
}

const subscriptionsOf = ({ subscriptions }: Location): readonly object[] | undefined =>
  some(
    subscriptions.map(({ adamId, parentAdamId, renewing, expiring, periodEnd }) =>
      said({ adam_id: adamId, parent_adam_id: parentAdamId, renewing, expiring, period_end: periodEnd }),
    ),
  );
