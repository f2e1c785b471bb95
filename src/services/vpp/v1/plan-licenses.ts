import type { HttpRequest } from '../../../core/request.ts';
import type { AssetReader } from '../../../organization/content/asset-list.ts';
import type { Target } from '../../../organization/content/change.ts';
import {
  isSerialTarget,
  serialTarget,
  targetNumber,
  userTarget,
} from '../../../organization/content/licenses.ts';
import type { Location } from '../../../organization/content/location.ts';
import type { Organization } from '../../../organization/organization.ts';
import { vppErrorText } from '../errors.ts';
import { assetOfLicense, licenseIdOf, numberOfLicense, shownLicense } from './license.ts';
import { shownUser } from './user.ts';

export const ASSOCIATE = ['associateClientUserIdStrs', 'associateSerialNumbers'] as const;
export const DISASSOCIATE = [
  'disassociateClientUserIdStrs',
  'disassociateSerialNumbers',
  'disassociateLicenseIdStrs',
] as const;

export type List = (typeof ASSOCIATE)[number] | (typeof DISASSOCIATE)[number];

export interface Asked {
  readonly list: List;
  readonly name: string;
}

/** What becomes of one element, before anything is done. */
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
  { list, name }: Asked,
  errorNumber: number,
  more: Record<string, unknown> = {},
): Planned => ({
  shown: { [member(list)]: name, errorMessage: vppErrorText(errorNumber), errorNumber, ...more },
});

export function targetOf({ users, serials }: Location, { list, name }: Asked): number | undefined {
  if (member(list) === 'serialNumber') {
    const number = serials.number(name);
    return number === undefined ? undefined : serialTarget(number);
  }
  const user = users.active(name);
  return user === undefined ? undefined : userTarget(user.index);
}

export function planDisassociation(location: Location, asset: AssetReader, asked: Asked): Planned {
  if (!asset.revocable) return failure(asked, 9607);
  const { assignments } = location;
  let slot: number | undefined;
  if (asked.list === 'disassociateLicenseIdStrs') {
    const id = Number(asked.name);
    slot =
      assetOfLicense(id) === asset.index
        ? assignments.slotOfLicense(asset.index, numberOfLicense(id))
        : undefined;
    if (slot === undefined) return failure(asked, 9610);
  } else {
    const target = targetOf(location, asked);
    if (target === undefined && member(asked.list) === 'clientUserIdStr') return failure(asked, 9609);
    slot = target === undefined ? undefined : assignments.slotOf(asset.index, target);
    if (slot === undefined) return failure(asked, 9619);
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

/** A user of old with the same Apple Account, who still has what cannot be taken back. */
function sameAccount(location: Location, asset: AssetReader, asked: Asked) {
  const user = location.users.active(asked.name);
  const account = user?.appleAccount?.toLowerCase();
  if (account === undefined) return undefined;
  return location.users.all.find(
    (other) =>
      other !== user &&
      other.appleAccount?.toLowerCase() === account &&
      location.assignments.has(asset.index, userTarget(other.index)),
  );
}

/** By behavior a serial number that is no device of the organization. */
const isRefused = ({ behavior, enrollment }: Organization, serial: string): boolean =>
  behavior.vpp.unknown_serial === 'failed' && enrollment.inventory.find(serial) === undefined;

export function planAssociation(
  organization: Organization,
  location: Location,
  asset: AssetReader,
  asked: Asked,
  free: number,
  request: HttpRequest,
): Planned {
  const serial = member(asked.list) === 'serialNumber';
  if (serial && !asset.deviceAssignable) return failure(asked, 9628);
  if (serial && isRefused(organization, asked.name)) return failure(asked, 9610);
  const target = targetOf(location, asked);
  if (!serial && target === undefined) return failure(asked, 9609);
  const slot = target === undefined ? undefined : location.assignments.slotOf(asset.index, target);
  if (slot !== undefined) {
    const id = licenseIdOf(asset.index, location.assignments.licenseAt(slot));
    return failure(asked, 9616, { licenseAlreadyAssigned: shownLicense(location, id) });
  }
  const other = serial ? undefined : sameAccount(location, asset, asked);
  if (other !== undefined) {
    return failure(asked, 9616, { regUsersAlreadyAssigned: [shownUser(location, other, request)] });
  }
  if (free <= 0) return failure(asked, 9610);
  return {
    shown: { [member(asked.list)]: asked.name },
    target: serial ? { serial: asked.name } : { user: targetNumber(target!) },
  };
}

export const keyOf = (target: Target): string =>
  'user' in target ? `user ${target.user}` : `serial ${target.serial}`;

/** An element that stands twice is planned once; the second meets what the first left. */
export function planEach(
  asked: readonly Asked[],
  again: number,
  plan: (each: Asked, done: number) => Planned,
): readonly Planned[] {
  const seen = new Set<string>();
  return asked.map((each) => {
    const planned = plan(each, seen.size);
    if (planned.target === undefined) return planned;
    if (seen.has(keyOf(planned.target))) return failure(each, again);
    seen.add(keyOf(planned.target));
    return planned;
  });
}

export const targetsOf = (planned: readonly Planned[]): readonly Target[] =>
  planned.flatMap(({ target }) => target ?? []);
