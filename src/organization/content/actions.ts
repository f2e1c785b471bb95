import { ActionError, type ActionTable } from '../area.ts';
import type { Change } from '../change.ts';
import type { Organization } from '../organization.ts';
import { type AssetReader, availableOf } from './asset-list.ts';
import type { ContentChange } from './change.ts';
import { deriveToken } from './content-token.ts';
import { type AssetFacts, type MdmInfo, type PricingParam, UNLIMITED } from './definition.ts';
import type { Location } from './location.ts';
import type { UserReader } from './user-index.ts';

export interface OneLocation {
  /** The first location if not given. */
  readonly location?: string | undefined;
}

interface OneAsset extends OneLocation {
  readonly adam_id: string;
  readonly pricing_param?: PricingParam | undefined;
  readonly count: number;
}

interface OneUser extends OneLocation {
  readonly client_user_id: string;
}

/** Actions on locations, their licenses, users and content tokens. */
export interface ContentActions {
  readonly buy: OneAsset & { readonly facts?: AssetFacts | undefined };
  readonly transfer: OneAsset & { readonly to: string };
  readonly refund: OneAsset;
  readonly buy_subscription: OneLocation & {
    readonly adam_id: number;
    readonly renewing?: number | undefined;
    readonly expiring?: number | undefined;
  };
  readonly accept_invitation: OneUser & {
    /** The Apple Account that the person uses; derived from the user if not given. */
    readonly apple_account?: string | undefined;
  };
  readonly retire_user: OneUser;
  readonly revoke_content_token: OneLocation;
  readonly expire_content_token: OneLocation;
  readonly renew_content_token: OneLocation;
  /** Another MDM replaces the mdmInfo of the one under test. */
  readonly take_over: OneLocation & { readonly mdm_info?: MdmInfo | undefined };
}

const FOREIGN_MDM = { id: 'another-mdm', name: 'Another MDM', metadata: 'https://mdm.example.net' };

/** The changes of each action. */
export const CONTENT_ACTIONS: ActionTable<ContentActions> = {
  buy(organization, { adam_id, pricing_param = 'STDQ', count, facts, ...of }) {
    const location = locationFor(organization, of);
    const owned = location.assets.find(adam_id, pricing_param)?.total ?? 0;
    if (owned + count > UNLIMITED) {
      throw new ActionError('that is more than Apple counts', `at most ${UNLIMITED} of an asset`);
    }
    return [counted(location, adam_id, pricing_param, count, { facts })];
  },
  transfer(organization, { adam_id, pricing_param = 'STDQ', count, to, ...of }) {
    const from = locationFor(organization, of);
    const target = locationNamed(organization, to);
    if (from === target) throw new ActionError('a transfer goes to another location', 'name one under `to`');
    const asset = free(from, adam_id, pricing_param, count);
    const facts = {
      product_type: asset.productType,
      device_assignable: asset.deviceAssignable,
      revocable: asset.revocable,
      platforms: asset.platforms,
    };
    return [
      counted(from, adam_id, pricing_param, -count),
      counted(target, adam_id, pricing_param, count, { facts }),
    ];
  },
  refund(organization, { adam_id, pricing_param = 'STDQ', count, ...of }) {
    const location = locationFor(organization, of);
    free(location, adam_id, pricing_param, count);
    return [counted(location, adam_id, pricing_param, -count, { retired: true })];
  },
  buy_subscription(organization, { adam_id, renewing = 0, expiring = 0, ...of }) {
    const location = locationFor(organization, of);
    if (!location.subscriptions.some(({ adamId }) => adamId === adam_id)) {
      throw new ActionError(
        `"${location.name}" has no subscription ${adam_id}`,
        'add it under `subscriptions` of the location',
      );
    }
    return [
      { type: 'content_subscription_counted', location: location.index, adamId: adam_id, renewing, expiring },
    ];
  },
  accept_invitation(organization, { client_user_id, apple_account, ...of }) {
    const location = locationFor(organization, of);
    const user = userNamed(location, client_user_id);
    if (user.status !== 'Registered') {
      throw new ActionError(
        `${client_user_id} is ${user.status}`,
        'only a Registered user has an invitation',
      );
    }
    const appleAccount = apple_account ?? user.email ?? `${client_user_id}@example.org`;
    const holder = location.users.linkedTo(appleAccount);
    if (holder !== undefined) {
      throw new ActionError(
        `${appleAccount} is linked with ${holder.clientUserId}`,
        'one Apple Account belongs to one user at a time',
      );
    }
    return [
      { type: 'content_invitation_accepted', location: location.index, user: user.index, appleAccount },
    ];
  },
  retire_user(organization, { client_user_id, ...of }) {
    const location = locationFor(organization, of);
    const user = userNamed(location, client_user_id);
    if (user.status === 'Retired') {
      throw new ActionError(`${client_user_id} is retired already`, 'a retired user cannot be retired again');
    }
    return [{ type: 'content_user_retired', location: location.index, user: user.index }];
  },
  revoke_content_token: (organization, of) => [
    { type: 'content_token_revoked', location: locationFor(organization, of).index },
  ],
  expire_content_token: (organization, of) => [
    { type: 'content_token_expired', location: locationFor(organization, of).index },
  ],
  renew_content_token: (organization, of) => [
    contentTokenRenewal(organization, locationFor(organization, of)),
  ],
  take_over: (organization, { mdm_info = FOREIGN_MDM, ...of }) => [
    {
      type: 'content_client_configured',
      location: locationFor(organization, of).index,
      mdmInfo: mdm_info,
    },
  ],
};

/** A new content token, beside the current one or in its place. */
export function contentTokenRenewal(
  organization: Organization,
  location: Location,
): Extract<ContentChange, { type: 'content_token_renewed' }> {
  return {
    type: 'content_token_renewed',
    location: location.index,
    token: deriveToken(organization.runtime.identifiers, location.name, location.tokens.length),
    expiresAt: organization.nextExpiry(),
    alone: organization.behavior.vpp.new_token_revokes,
  };
}

function counted(
  location: Location,
  adamId: string,
  pricingParam: 'STDQ' | 'PLUS',
  delta: number,
  more: Partial<Extract<ContentChange, { type: 'content_assets_counted' }>> = {},
): Change {
  return { type: 'content_assets_counted', location: location.index, adamId, pricingParam, delta, ...more };
}

/** @throws ActionError if the organization has no location of that name */
export function locationNamed(organization: Organization, name: string | undefined): Location {
  const { locations } = organization.content;
  const location =
    name === undefined ? locations[0] : locations.find((each) => each.name === name || each.uId === name);
  if (location !== undefined) return location;
  const names = locations.map((each) => `"${each.name}"`).join(', ');
  throw new ActionError(
    name === undefined ? 'the organization has no location' : `no location is named ${JSON.stringify(name)}`,
    names === '' ? 'add one under `locations` of the scenario' : `the locations are ${names}`,
  );
}

const locationFor = (organization: Organization, { location }: OneLocation): Location =>
  locationNamed(organization, location);

function userNamed(location: Location, clientUserId: string): UserReader {
  const user = location.users.find(clientUserId);
  if (user !== undefined) return user;
  throw new ActionError(
    `"${location.name}" has no user ${JSON.stringify(clientUserId)}`,
    'the MDM registers users, or the scenario names them under `users` of the location',
  );
}

/** An asset with that many free licenses. */
function free(location: Location, adamId: string, pricingParam: string, count: number): AssetReader {
  const asset = location.assets.find(adamId, pricingParam);
  const available = asset === undefined ? 0 : availableOf(asset);
  if (asset !== undefined && available >= count) return asset;
  throw new ActionError(
    `"${location.name}" has ${available} free licenses of ${adamId}, not ${count}`,
    'assigned licenses must be disassociated first',
  );
}
