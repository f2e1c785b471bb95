import type { InitialContext } from '../area.ts';
import { enrollmentArea } from '../enrollment/area.ts';
import { generatedAdamId } from './app.ts';
import type { ContentState } from './area.ts';
import { type Asset, AssetList, assetOf, availableOf } from './asset-list.ts';
import { AssignmentTable } from './assignment-table.ts';
import { createContentToken, deriveToken } from './content-token.ts';
import type { AssetItem, AssignmentItem, LocationDefinition, UserItem } from './definition.ts';
import { assign, serialTarget, userTarget } from './licenses.ts';
import type { LocationState } from './location.ts';
import { SerialIndex } from './serial-index.ts';
import { UserIndex } from './user-index.ts';
import { linkAccount, registerUser, retireUser } from './user-rules.ts';

const MONTH = 30 * 24 * 60 * 60 * 1000;

/** Locations as the scenario describes them. */
export function createContent(context: InitialContext): ContentState {
  const { locations = [], managedAppleAccounts } = context.definition;
  const { inventory } = context.read(enrollmentArea);
  const numbering = { apps: 0 };
  return {
    locations: locations.map((definition, index) => createLocation(definition, index, context, numbering)),
    managedAccounts:
      managedAppleAccounts && new Set(managedAppleAccounts.map((account) => account.toLowerCase())),
    knowsSerial: (serial) => inventory.find(serial) !== undefined,
  };
}

function createLocation(
  definition: LocationDefinition,
  index: number,
  { identifiers, account, expiry, startedAt }: InitialContext,
  numbering: { apps: number },
): LocationState {
  const number = Number.parseInt(identifiers.hex(`location ${definition.name}`, 10), 16);
  const tokens = definition.content_tokens ?? [{}];
  const location: LocationState = {
    index,
    name: definition.name,
    uId: definition.u_id ?? String(2_000_000_000_000_000 + number),
    locationId: 1_000_000 + (number % 8_999_999),
    country: definition.country ?? 'US',
    platform: definition.platform ?? (account.org_type === 'edu' ? 'volumestore' : 'enterprisestore'),
    managedByApple: definition.managed_by_apple ?? false,
    tokens: tokens.map((token, count) =>
      createContentToken(token, deriveToken(identifiers, definition.name, count), expiry),
    ),
    assets: new AssetList(),
    users: new UserIndex(),
    serials: new SerialIndex(),
    assignments: new AssignmentTable(),
    subscriptions: (definition.subscriptions ?? []).map((subscription) => ({
      adamId: subscription.adam_id,
      parentAdamId: subscription.parent_adam_id,
      renewing: subscription.renewing ?? 10,
      expiring: subscription.expiring ?? 0,
      periodEnd: subscription.period_end ?? new Date(startedAt.at + MONTH).toISOString().slice(0, 10),
      seats: new Map(),
      admins: new Set(),
    })),
    subscriptionsEnabled: (definition.subscriptions ?? []).length > 0,
    events: new Map(),
    versions: { assets: 1, assignments: 1, users: 1, subscriptions: 1 },
    config: { mdmInfo: definition.mdm_info, notificationTypes: [] },
    legacyConfig: {},
    clientContext: undefined,
    usedByV2: false,
    outbox: [],
  };
  for (const item of definition.assets ?? []) addAssets(location, item, numbering);
  for (const item of definition.users ?? []) addUsers(location, item);
  for (const item of definition.assignments ?? []) addAssignments(location, item);
  return location;
}

function addAssets(location: LocationState, item: AssetItem, numbering: { apps: number }): void {
  if (!('generate' in item)) {
    location.assets.add(assetOf(item));
    return;
  }
  const { generate, ...facts } = item;
  for (let count = 0; count < generate; count += 1) {
    location.assets.add(assetOf({ ...facts, adam_id: generatedAdamId(numbering.apps) }));
    numbering.apps += 1;
  }
}

function addUsers(location: LocationState, item: UserItem): void {
  const wanted =
    'generate' in item
      ? Array.from({ length: item.generate }, (_, number) => {
          const name = `user${String(number + 1).padStart(6, '0')}`;
          return { client_user_id: name, email: `${name}@example.org`, status: item.status };
        })
      : [item];
  for (const { status, ...user } of wanted) {
    const managed = 'managed_apple_id' in user ? user.managed_apple_id : undefined;
    const made = registerUser(location, {
      clientUserId: user.client_user_id,
      email: user.email,
      managedAppleId: managed,
    });
    // A person accepts the invitation with a personal Apple Account.
    if (status === 'Associated' && managed === undefined) {
      linkAccount(location, made, user.email ?? `${user.client_user_id}@example.org`, false);
    }
    if (status === 'Retired') retireUser(location, made);
  }
}

function addAssignments(location: LocationState, item: AssignmentItem): void {
  if ('generate' in item) {
    spread(location, item.generate);
    return;
  }
  const asset = location.assets.find(item.adam_id, item.pricing_param ?? 'STDQ');
  if (asset === undefined) return;
  const version = location.versions.assignments;
  for (const id of item.client_user_ids ?? []) {
    const user = location.users.active(id);
    if (user !== undefined) assign(location, asset, userTarget(user.index), version);
  }
  for (const serial of item.serial_numbers ?? []) {
    assign(location, asset, serialTarget(location.serials.take(serial)), version);
  }
}

/** Assigns devices one after another, each to the next asset with a free license. */
function spread(location: LocationState, count: number): void {
  const open = location.assets.all.filter((asset) => asset.deviceAssignable && availableOf(asset) > 0);
  const version = location.versions.assignments;
  let turn = 0;
  for (let number = 0; number < count && open.length > 0; number += 1) {
    const place = turn % open.length;
    const asset: Asset = open[place]!;
    const serial = `C02V${number.toString(36).toUpperCase().padStart(8, '0')}`;
    assign(location, asset, serialTarget(location.serials.take(serial)), version);
    if (availableOf(asset) === 0) open.splice(place, 1);
    else turn += 1;
  }
}
