import type { HttpRequest } from '../../core/request.ts';
import type { AssetReader } from '../../organization/content/asset-list.ts';
import type { Target } from '../../organization/content/change.ts';
import {
  isSerialTarget,
  serialTarget,
  targetNumber,
  userTarget,
} from '../../organization/content/licenses.ts';
import type { Location } from '../../organization/content/location.ts';
import type { Organization } from '../../organization/organization.ts';
import { vppErrorText } from '../vpp/errors.ts';
import { assetOfLicense, licenseIdOf, numberOfLicense, shownLicense } from './license.ts';
import { shownUser } from './user.ts';

export const ASSOCIATE = ['associateClientUserIdStrs', 'associateSerialNumbers'] as const;
export const DISASSOCIATE = [
  'disassociateClientUserIdStrs',
  'disassociateSerialNumbers',
  'disassociateLicenseIdStrs',
] as const;

export type List = (typeof ASSOCIATE)[number] | (typeof DISASSOCIATE)[number];

export interface LicenseRequest {
  readonly list: List;
  readonly name: string;
}

/** The outcome of one element, planned before any change. */
export interface Planned {
  readonly shown: Record<string, unknown>;
  readonly target?: Target;
}

export const member = (list: List): string =>
  list.endsWith('SerialNumbers')
    ? 'serialNumber'
    : list.endsWith('LicenseIdStrs')
      ? 'licenseIdStr'
      : 'clientUserIdStr';

const failure = (
  { list, name }: LicenseRequest,
  errorNumber: number,
  more: Record<string, unknown> = {},
): Planned => ({
  shown: { [member(list)]: name, errorMessage: vppErrorText(errorNumber), errorNumber, ...more },
});

export function targetOf({ users, serials }: Location, { list, name }: LicenseRequest): number | undefined {
  if (member(list) === 'serialNumber') {
    const number = serials.number(name);
    return number === undefined ? undefined : serialTarget(number);
  }
  const user = users.active(name);
  return user === undefined ? undefined : userTarget(user.index);
}

export function planDisassociation(
  location: Location,
  asset: AssetReader,
  requested: LicenseRequest,
): Planned {
  if (!asset.revocable) return failure(requested, 9607);
  const { assignments } = location;
  let slot: number | undefined;
  if (requested.list === 'disassociateLicenseIdStrs') {
    const id = Number(requested.name);
    slot =
      assetOfLicense(id) === asset.index
        ? assignments.slotOfLicense(asset.index, numberOfLicense(id))
        : undefined;
    if (slot === undefined) return failure(requested, 9610);
  } else {
    const target = targetOf(location, requested);
    if (target === undefined && member(requested.list) === 'clientUserIdStr') return failure(requested, 9609);
    slot = target === undefined ? undefined : assignments.slotOf(asset.index, target);
    if (slot === undefined) return failure(requested, 9619);
  }
  const target = assignments.targetAt(slot);
  const licenseIdStr = String(licenseIdOf(asset.index, assignments.licenseAt(slot)));
  return isSerialTarget(target)
    ? {
        shown: { licenseIdStr, serialNumber: location.serials.serial(targetNumber(target)) },
        target: { serial: location.serials.serial(targetNumber(target)) },
      }
    : {
        shown: { clientUserIdStr: location.users.get(targetNumber(target))!.clientUserId, licenseIdStr },
        target: { user: targetNumber(target) },
      };
}

/** A former user with the same Apple Account that still holds an irrevocable license. */
function sameAccount(location: Location, asset: AssetReader, requested: LicenseRequest) {
  const user = location.users.active(requested.name);
  const account = user?.appleAccount?.toLowerCase();
  if (account === undefined) return undefined;
  return location.users.all.find(
    (other) =>
      other !== user &&
      other.appleAccount?.toLowerCase() === account &&
      location.assignments.has(asset.index, userTarget(other.index)),
  );
}

/** Rejects unknown serial numbers if the behavior setting says so. */
const isRejected = ({ behavior, enrollment }: Organization, serial: string): boolean =>
  behavior.vpp.unknown_serial === 'failed' && enrollment.inventory.find(serial) === undefined;

export function planAssociation(
  organization: Organization,
  location: Location,
  asset: AssetReader,
  requested: LicenseRequest,
  free: number,
  request: HttpRequest,
): Planned {
  const serial = member(requested.list) === 'serialNumber';
  if (serial && !asset.deviceAssignable) return failure(requested, 9628);
  if (serial && isRejected(organization, requested.name)) return failure(requested, 9610);
  const target = targetOf(location, requested);
  if (!serial && target === undefined) return failure(requested, 9609);
  const slot = target === undefined ? undefined : location.assignments.slotOf(asset.index, target);
  if (slot !== undefined) {
    const id = licenseIdOf(asset.index, location.assignments.licenseAt(slot));
    return failure(requested, 9616, { licenseAlreadyAssigned: shownLicense(location, id) });
  }
  const other = serial ? undefined : sameAccount(location, asset, requested);
  if (other !== undefined) {
    return failure(requested, 9616, { regUsersAlreadyAssigned: [shownUser(location, other, request)] });
  }
  if (free <= 0) return failure(requested, 9610);
  return {
    shown: { [member(requested.list)]: requested.name },
    target: serial ? { serial: requested.name } : { user: targetNumber(target!) },
  };
}

export const keyOf = (target: Target): string =>
  'user' in target ? `user ${target.user}` : `serial ${target.serial}`;

/** Elements are planned in order: a repeated element sees the result of the first. */
export function planEach(
  requests: readonly LicenseRequest[],
  again: number,
  plan: (each: LicenseRequest, done: number) => Planned,
): readonly Planned[] {
  const seen = new Set<string>();
  return requests.map((each) => {
    const planned = plan(each, seen.size);
    if (planned.target === undefined) return planned;
    if (seen.has(keyOf(planned.target))) return failure(each, again);
    seen.add(keyOf(planned.target));
    return planned;
  });
}

export const targetsOf = (planned: readonly Planned[]): readonly Target[] =>
  planned.flatMap(({ target }) => target ?? []);
