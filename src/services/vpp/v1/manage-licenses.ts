import { vppErrorText } from '../../../catalogue/vpp/errors.ts';
import { VPP_PAGES } from '../../../catalogue/vpp/pages.ts';
import type { AppleError } from '../../../http/apple-error.ts';
import type { HttpRequest } from '../../../http/request.ts';
import { type AssetReader, availableOf } from '../../../organization/content/asset-shelf.ts';
import type { Target } from '../../../organization/content/change.ts';
import {
  isSerialTarget,
  serialTarget,
  targetNumber,
  userTarget,
} from '../../../organization/content/licenses.ts';
import type { Location } from '../../../organization/content/location.ts';
import type { Organization } from '../../../organization/organization.ts';
import { vppError } from '../vpp-error.ts';
import { legacyWriteScheme } from './authenticate.ts';
import { isNoList, type LegacyBody, textIn, textsIn } from './body.ts';
import { legacyService } from './legacy-service.ts';
import { assetOfLicense, licenseIdOf, numberOfLicense, shownLicense } from './license.ts';
import { productTypeOf } from './product-type.ts';
import { legacyAnswer } from './render.ts';
import { shownUser } from './user.ts';

const ASSOCIATE = ['associateClientUserIdStrs', 'associateSerialNumbers'] as const;
const DISASSOCIATE = [
  'disassociateClientUserIdStrs',
  'disassociateSerialNumbers',
  'disassociateLicenseIdStrs',
] as const;

type List = (typeof ASSOCIATE)[number] | (typeof DISASSOCIATE)[number];

interface Asked {
  readonly list: List;
  readonly name: string;
}

/** What becomes of one element, before anything is done. */
interface Planned {
  readonly shown: Record<string, unknown>;
  readonly target?: Target;
}

/** The one list of its kind; several make it undefined at Apple, and refused here. */
function askedIn(
  { behaviour: { vpp } }: Organization,
  body: LegacyBody,
  lists: readonly List[],
): readonly Asked[] | AppleError {
  const wrong = lists.find((list) => isNoList(body, list));
  if (wrong !== undefined) return vppError('9602', `\`${wrong}\` is no list of texts`);
  const given = lists.filter((list) => (textsIn(body, list) ?? []).length > 0);
  if (given.length > 1) return vppError('9602', `only one of ${given.join(' and ')} may be given`);
  const [list] = given;
  if (list === undefined) return [];
  const names = textsIn(body, list)!;
  const limit = list.startsWith('associate') ? vpp.v1_max_associate : vpp.v1_max_disassociate;
  if (names.length > limit) {
    return vppError('9602', `\`${list}\` has ${names.length} elements; ${limit} are allowed`);
  }
  return names.map((name) => ({ list, name }));
}

const member = (list: List): string =>
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

function targetOf({ users, serials }: Location, { list, name }: Asked): number | undefined {
  if (member(list) === 'serialNumber') {
    const number = serials.number(name);
    return number === undefined ? undefined : serialTarget(number);
  }
  const user = users.active(name);
  return user === undefined ? undefined : userTarget(user.index);
}

function planDisassociation(location: Location, asset: AssetReader, asked: Asked): Planned {
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

/** By behaviour a serial number that is no device of the organization. */
const isRefused = ({ behaviour, enrollment }: Organization, serial: string): boolean =>
  behaviour.vpp.unknown_serial === 'failed' && enrollment.inventory.find(serial) === undefined;

function planAssociation(
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

const keyOf = (target: Target): string =>
  'user' in target ? `user ${target.user}` : `serial ${target.serial}`;

/** An element that stands twice is planned once; the second meets what the first left. */
function planEach(
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

const targetsOf = (planned: readonly Planned[]): readonly Target[] =>
  planned.flatMap(({ target }) => target ?? []);

/** The license that an association got is known once it is done. */
function withLicense(
  location: Location,
  asset: AssetReader,
  { shown, target }: Planned,
): Record<string, unknown> {
  if (target === undefined) return shown;
  const ref =
    'user' in target ? userTarget(target.user) : serialTarget(location.serials.number(target.serial)!);
  const slot = location.assignments.slotOf(asset.index, ref)!;
  return { ...shown, licenseIdStr: String(licenseIdOf(asset.index, location.assignments.licenseAt(slot))) };
}

export const legacyManage = legacyService({
  name: 'vpp.v1.licenses.manage',
  about: 'v1: takes an app or book from some and gives it to others',
  service: 'manageVPPLicensesByAdamIdSrv',
  scheme: legacyWriteScheme,
  errors: ['9600', '9602', '9610'],
  source: VPP_PAGES.manageLicenses,
  handler({ organization, caller, request }) {
    const { location, body } = caller;
    const adamIdStr = textIn(body, 'adamIdStr') ?? textIn(body, 'adamId');
    if (adamIdStr === undefined) return vppError('9600', '`adamIdStr` is missing');
    const associate = askedIn(organization, body, ASSOCIATE);
    if (!Array.isArray(associate)) return associate as AppleError;
    const disassociate = askedIn(organization, body, DISASSOCIATE);
    if (!Array.isArray(disassociate)) return disassociate as AppleError;
    if (associate.length + disassociate.length === 0) return vppError('9600', 'nothing is asked for');
    const pricingParam = textIn(body, 'pricingParam') ?? 'STDQ';
    const asset = location.assets.find(adamIdStr, pricingParam);
    if (asset === undefined) {
      return vppError('9610', `"${location.name}" owns no ${adamIdStr} ${pricingParam}`);
    }

    const given = planEach(disassociate as Asked[], 9619, (each) =>
      planDisassociation(location, asset, each),
    );
    const freed = targetsOf(given);
    const gone = new Set(freed.map(keyOf));
    const taken = planEach(associate as Asked[], 9616, (each, done) => {
      const free = availableOf(asset) + freed.length - done;
      const planned = planAssociation(organization, location, asset, each, free, request);
      // What was taken away a moment ago can be given again.
      const target = targetOf(location, each);
      if (planned.target !== undefined || target === undefined) return planned;
      const known: Target = isSerialTarget(target) ? { serial: each.name } : { user: targetNumber(target) };
      return planned.shown.errorNumber === 9616 && gone.has(keyOf(known)) && free > 0
        ? { shown: { [member(each.list)]: each.name }, target: known }
        : planned;
    });
    organization.apply({
      type: 'content_licenses_managed',
      location: location.index,
      asset: asset.index,
      associate: targetsOf(taken),
      disassociate: freed,
    });
    const failed = [...given, ...taken].some(({ target }) => target === undefined);
    return legacyAnswer(
      organization,
      caller,
      {
        adamIdStr,
        ...(associate.length === 0
          ? {}
          : { associations: taken.map((each) => withLicense(location, asset, each)) }),
        ...(disassociate.length === 0 ? {} : { disassociations: given.map(({ shown }) => shown) }),
        isIrrevocable: !asset.revocable,
        pricingParam,
        ...productTypeOf(asset),
      },
      failed ? -3 : 0,
    );
  },
});
