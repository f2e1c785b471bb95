import type { AppleError } from '../../core/apple-error.ts';
import { type AssetReader, availableOf } from '../../organization/content/asset-list.ts';
import type { Target } from '../../organization/content/change.ts';
import {
  isSerialTarget,
  serialTarget,
  targetNumber,
  userTarget,
} from '../../organization/content/licenses.ts';
import type { Location } from '../../organization/content/location.ts';
import type { Organization } from '../../organization/organization.ts';
import { vppError } from '../vpp/errors.ts';
import { VPP_PAGES } from '../vpp/pages.ts';
import { isNoList, type LegacyBody, legacyWriteScheme, textIn, textsIn } from './authenticate.ts';
import { legacyOperation } from './legacy-operation.ts';
import { licenseIdOf, productTypeOf } from './license.ts';
import {
  ASSOCIATE,
  DISASSOCIATE,
  keyOf,
  type LicenseRequest,
  type List,
  member,
  type Planned,
  planAssociation,
  planDisassociation,
  planEach,
  targetOf,
  targetsOf,
} from './plan-licenses.ts';
import { legacyAnswer } from './render.ts';

/** The only list of its kind. Apple leaves several lists undefined; they are rejected here. */
function requestedIn(
  { behavior: { vpp } }: Organization,
  body: LegacyBody,
  lists: readonly List[],
): readonly LicenseRequest[] | AppleError {
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

/** The license of an association is known after it was applied. */
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

export const legacyManage = legacyOperation({
  name: 'vpp.v1.licenses.manage',
  service: 'manageVPPLicensesByAdamIdSrv',
  about: 'v1: associates and disassociates licenses',
  scheme: legacyWriteScheme,
  errors: ['9600', '9602', '9610'],
  source: VPP_PAGES.manageLicenses,
  handler({ organization, caller, request }) {
    const { location, body } = caller;
    const adamIdStr = textIn(body, 'adamIdStr') ?? textIn(body, 'adamId');
    if (adamIdStr === undefined) return vppError('9600', '`adamIdStr` is missing');
    const associate = requestedIn(organization, body, ASSOCIATE);
    if (!Array.isArray(associate)) return associate as AppleError;
    const disassociate = requestedIn(organization, body, DISASSOCIATE);
    if (!Array.isArray(disassociate)) return disassociate as AppleError;
    if (associate.length + disassociate.length === 0)
      return vppError('9600', 'the body has no license to associate or to disassociate');
    const pricingParam = textIn(body, 'pricingParam') ?? 'STDQ';
    const asset = location.assets.find(adamIdStr, pricingParam);
    if (asset === undefined) {
      return vppError('9610', `"${location.name}" owns no ${adamIdStr} ${pricingParam}`);
    }

    const given = planEach(disassociate as LicenseRequest[], 9619, (each) =>
      planDisassociation(location, asset, each),
    );
    const freed = targetsOf(given);
    const gone = new Set(freed.map(keyOf));
    const taken = planEach(associate as LicenseRequest[], 9616, (each, done) => {
      const free = availableOf(asset) + freed.length - done;
      const planned = planAssociation(organization, location, asset, each, free, request);
      // A license that was just revoked can be assigned again.
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
