import type { AppleError } from '../../../core/apple-error.ts';
import { type AssetReader, availableOf } from '../../../organization/content/asset-list.ts';
import type { Target } from '../../../organization/content/change.ts';
import {
  isSerialTarget,
  serialTarget,
  targetNumber,
  userTarget,
} from '../../../organization/content/licenses.ts';
import type { Location } from '../../../organization/content/location.ts';
import type { Organization } from '../../../organization/organization.ts';
import { operation } from '../../operation.ts';
import { VPP_PAGES } from '../pages.ts';
import { vppError } from '../vpp-error.ts';
import { legacyWriteScheme } from './authenticate.ts';
import { isNoList, type LegacyBody, textIn, textsIn } from './body.ts';
import { licenseIdOf } from './license.ts';
import {
  ASSOCIATE,
  type Asked,
  DISASSOCIATE,
  keyOf,
  type List,
  member,
  type Planned,
  planAssociation,
  planDisassociation,
  planEach,
  targetOf,
  targetsOf,
} from './plan-licenses.ts';
import { productTypeOf } from './product-type.ts';
import { legacyAnswer } from './render.ts';

/** The one list of its kind; several make it undefined at Apple, and refused here. */
function askedIn(
  { behavior: { vpp } }: Organization,
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

export const legacyManage = operation({
  about: 'v1: takes an app or book from some and gives it to others',
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
