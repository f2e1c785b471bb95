import { AppleError } from '../../core/apple-error.ts';
import { type BodyValue, jsonBody } from '../../engine/body.ts';
import { operation } from '../../engine/service.ts';
import type { AssetReader } from '../../organization/content/asset-list.ts';
import type { Location } from '../../organization/content/location.ts';
import { revocablePairs } from '../../organization/content/process-assets.ts';
import type { Organization } from '../../organization/organization.ts';
import { writeScheme } from './authenticate.ts';
import { vppError } from './errors.ts';
import { requestEvent } from './events.ts';
import { VPP_PAGES } from './pages.ts';
import { emptyIn, tooManyIn, twiceIn, unknownMember } from './request-checks.ts';

const BODY = { assets: 'objects', clientUserIds: 'texts', serialNumbers: 'texts' } as const;

type Verb = 'ASSOCIATE' | 'DISASSOCIATE';

const ERRORS = ['9602', '9700', '9701', '9702', '9703', '9704', '9705', '9718', '9719'];

const RULE = { ASSOCIATE: '9707', DISASSOCIATE: '9706' } as const;

interface AssetKey {
  readonly adamId: string;
  readonly pricingParam: string;
}

function keysOf(assets: readonly Readonly<Record<string, unknown>>[]): readonly AssetKey[] | AppleError {
  const keys: AssetKey[] = [];
  for (const { adamId, pricingParam } of assets) {
    if (typeof adamId !== 'string' || adamId === '') {
      return vppError('9602', 'an element of `assets` has no `adamId` in text');
    }
    const pricing = pricingParam ?? 'STDQ';
    if (pricing !== 'STDQ' && pricing !== 'PLUS') {
      return vppError('9602', `pricingParam is ${JSON.stringify(pricing)?.slice(0, 40)}, not STDQ or PLUS`);
    }
    keys.push({ adamId, pricingParam: pricing });
  }
  return keys;
}

function ownAssets(
  { behavior }: Organization,
  location: Location,
  keys: readonly AssetKey[],
): readonly AssetReader[] | AppleError {
  const assets: AssetReader[] = [];
  for (const key of keys) {
    const asset = location.assets.find(key.adamId, key.pricingParam);
    if (asset === undefined) {
      const why = `"${location.name}" owns no ${key.adamId} ${key.pricingParam}`;
      return vppError(behavior.vpp.unknown_asset, why, { assets: [key] });
    }
    assets.push(asset);
  }
  return assets;
}

/** Checks the rules of the assets. */
function ruleProblem(verb: Verb, assets: readonly AssetReader[], serials: readonly string[]) {
  const infoOf = (broken: readonly AssetReader[]) => ({
    assets: broken.map(({ adamId, pricingParam }) => ({ adamId, pricingParam })),
  });
  if (verb === 'DISASSOCIATE') {
    const kept = assets.filter((asset) => !asset.revocable);
    if (kept.length === 0) return undefined;
    return vppError('9706', `${kept[0]!.adamId} cannot be taken back, as books cannot`, infoOf(kept));
  }
  const forUsers = assets.filter((asset) => !asset.deviceAssignable);
  if (serials.length === 0 || forUsers.length === 0) return undefined;
  return vppError('9707', `${forUsers[0]!.adamId} can be assigned to users only`, infoOf(forUsers));
}

function checked(
  organization: Organization,
  location: Location,
  verb: Verb,
  body: BodyValue<typeof BODY>,
): readonly AssetReader[] | AppleError {
  const { vpp } = organization.behavior;
  const { assets = [], clientUserIds = [], serialNumbers = [] } = body;
  const rules = {
    assets: { member: 'assets', limit: vpp.max_assets, tooMany: '9700', twice: '9703' },
    users: { member: 'clientUserIds', limit: vpp.max_client_user_ids, tooMany: '9701', twice: '9704' },
    serials: { member: 'serialNumbers', limit: vpp.max_serial_numbers, tooMany: '9702', twice: '9705' },
  } as const;
  const problem =
    tooManyIn(assets, rules.assets) ??
    tooManyIn(clientUserIds, rules.users) ??
    tooManyIn(serialNumbers, rules.serials);
  if (problem !== undefined) return problem;
  if (assets.length === 0) return vppError('9718', '`assets` is missing or empty');
  if (clientUserIds.length + serialNumbers.length === 0) {
    return vppError('9719', '`clientUserIds` and `serialNumbers` are both missing or empty');
  }
  const keys = keysOf(assets);
  if (keys instanceof AppleError) return keys;
  const names = keys.map(({ adamId, pricingParam }) => `${adamId} ${pricingParam}`);
  const doubled =
    twiceIn(names, rules.assets) ??
    twiceIn(clientUserIds, rules.users) ??
    twiceIn(serialNumbers, rules.serials) ??
    emptyIn(clientUserIds, 'clientUserIds') ??
    emptyIn(serialNumbers, 'serialNumbers');
  if (doubled !== undefined) return doubled;
  const own = ownAssets(organization, location, keys);
  return own instanceof AppleError ? own : (ruleProblem(verb, own, serialNumbers) ?? own);
}

/** Checks in our own order, since Apple documents none: authorization, content type, body, limits, duplicates, rules. */
const manage = (verb: Verb, about: string, source: string) =>
  operation({
    name: `vpp.assets.${verb.toLowerCase()}`,
    methods: ['POST'],
    path: `/mdm/v2/assets/${verb.toLowerCase()}`,
    about,
    scheme: writeScheme,
    body: jsonBody(BODY),
    errors: [...ERRORS, RULE[verb]],
    source,
    handler(call) {
      const { organization, body, caller } = call;
      const assets = unknownMember(call, BODY) ?? checked(organization, caller.location, verb, body);
      if (assets instanceof AppleError) return assets;
      const { clientUserIds = [], serialNumbers = [] } = body;
      // Pairs of asset and target: https://developer.apple.com/documentation/devicemanagement/managing-assets
      const pairs = assets.length * (clientUserIds.length + serialNumbers.length);
      return requestEvent(organization, caller, pairs, {
        kind: 'assets',
        type: verb,
        assets: assets.map(({ index }) => index),
        clientUserIds,
        serialNumbers,
      });
    },
  });

export const associateAssets = manage(
  'ASSOCIATE',
  'Associates apps and books with users and devices',
  VPP_PAGES.associate,
);

export const disassociateAssets = manage(
  'DISASSOCIATE',
  'Disassociates apps from users and devices',
  VPP_PAGES.disassociate,
);

const REVOKE_BODY = { clientUserIds: 'texts', serialNumbers: 'texts' } as const;

export const revokeAssets = operation({
  name: 'vpp.assets.revoke',
  methods: ['POST'],
  path: '/mdm/v2/assets/revoke',
  about: 'Revokes all revocable assets of users and devices',
  scheme: writeScheme,
  body: jsonBody(REVOKE_BODY),
  errors: ['9701', '9702', '9704', '9705', '9719'],
  source: VPP_PAGES.revoke,
  handler(call) {
    const { organization, body, caller } = call;
    const { vpp } = organization.behavior;
    const { clientUserIds = [], serialNumbers = [] } = body;
    const users = {
      member: 'clientUserIds',
      limit: vpp.max_revoke_client_user_ids,
      tooMany: '9701',
      twice: '9704',
    } as const;
    const serials = {
      member: 'serialNumbers',
      limit: vpp.max_revoke_serial_numbers,
      tooMany: '9702',
      twice: '9705',
    } as const;
    const problem =
      unknownMember(call, REVOKE_BODY) ??
      tooManyIn(clientUserIds, users) ??
      tooManyIn(serialNumbers, serials);
    if (problem !== undefined) return problem;
    if (clientUserIds.length + serialNumbers.length === 0) {
      return vppError('9719', '`clientUserIds` and `serialNumbers` are both missing or empty');
    }
    const doubled =
      twiceIn(clientUserIds, users) ??
      twiceIn(serialNumbers, serials) ??
      emptyIn(clientUserIds, 'clientUserIds') ??
      emptyIn(serialNumbers, 'serialNumbers');
    if (doubled !== undefined) return doubled;
    const request = { kind: 'revoke', type: 'REVOKE', clientUserIds, serialNumbers } as const;
    return requestEvent(organization, caller, revocablePairs(caller.location, request), request);
  },
});
