import {
  about,
  anyText,
  choice,
  count,
  each,
  fixed,
  flag,
  index,
  instant,
  integer,
  list,
  type Members,
  object,
  oneOf,
  optional,
  pairs,
  record,
  StateError,
  section,
  set,
  store,
  text,
  tuple,
} from '../members.ts';
import type { ContentState } from './area.ts';
import type { Asset } from './asset-list.ts';
import type { FreedLicense, SavedAssignments, TakenSlot } from './assignment-table.ts';
import type { ContentToken } from './content-token.ts';
import { type MdmInfo, PLATFORMS, PRICING_PARAMS, PRODUCT_TYPES } from './definition.ts';
import type { ContentEvent, EventFailure, RequestUser } from './event.ts';
import { isSerialTarget, serialTarget, targetNumber, userTarget } from './licenses.ts';
import type { ClientConfig, LegacyConfig, LocationState } from './location.ts';
import { type ContentNotification, NOTIFICATION_TYPES } from './notification.ts';
import type { SavedSerials } from './serial-index.ts';
import type { Subscription } from './subscription.ts';
import type { ContentUser, SavedUsers } from './user-index.ts';

const token = record({
  token: text,
  rights: choice(['full', 'read_only']),
  kind: choice(['location', 'legacy']),
  status: choice(['valid', 'revoked']),
  expiresAt: instant,
  second: integer,
  requests: count,
} satisfies Members<ContentToken>);

type WrittenAsset = Omit<Asset, 'index' | 'assigned'>;

const assets = store<LocationState, readonly Readonly<Asset>[], { readonly assets: readonly WrittenAsset[] }>(
  {
    members: {
      assets: list(
        record({
          adamId: text,
          pricingParam: choice(PRICING_PARAMS),
          productType: choice(PRODUCT_TYPES),
          deviceAssignable: flag,
          revocable: flag,
          platforms: list(choice(PLATFORMS)),
          total: integer,
          retired: integer,
        } satisfies Members<WrittenAsset>),
      ),
    },
    save: (location) => location.assets.save(),
    restore: (location, saved) => location.assets.restore(saved),
    write: (location) => ({
      assets: location.assets.all.map(({ index: _, assigned: __, ...asset }) => asset),
    }),
    read(location, { assets: written = [] }) {
      location.assets.restore(written.map((asset, place) => ({ ...asset, index: place, assigned: 0 })));
      countAssigned(location);
    },
  },
);

function countAssigned({ assets: all, assignments }: LocationState): void {
  for (const asset of all.all) asset.assigned = assignments.ofAsset(asset.index).length;
}

type WrittenUser = Omit<ContentUser, 'index' | 'former'> & { readonly former: number | undefined };

interface WrittenUsers {
  readonly users: {
    readonly users: readonly WrittenUser[];
    readonly byClientUserId: SavedUsers['byClientUserId'];
    readonly byAppleAccount: SavedUsers['byAppleAccount'];
  };
}

const users = store<LocationState, SavedUsers, WrittenUsers>({
  members: {
    users: record({
      users: list(
        record({
          userId: count,
          clientUserId: anyText,
          email: optional(anyText),
          managedAppleId: optional(anyText),
          appleAccount: optional(anyText),
          status: choice(['Registered', 'Associated', 'Retired']),
          former: about('index of the former record of the same client_user_id', optional(count)),
          wasLinked: flag,
          superseded: flag,
          version: count,
        } satisfies Members<WrittenUser>),
      ),
      byClientUserId: list(tuple(anyText, count)),
      byAppleAccount: list(tuple(anyText, count)),
    }),
  },
  save: (location) => location.users.save(),
  restore: (location, saved) => location.users.restore(saved),
  write(location) {
    const { users: all, ...indexes } = location.users.save();
    return { users: { users: all.map(({ index: _, ...user }) => user), ...indexes } };
  },
  read(location, { users: written }) {
    if (written === undefined) return;
    checkUsers(written);
    location.users.restore({
      ...written,
      users: written.users.map((user, place) => ({ ...user, index: place })),
    });
  },
});

function checkUsers({ users: all, byClientUserId, byAppleAccount }: WrittenUsers['users']): void {
  const check = (user: number | undefined, bound: number, path: readonly (string | number)[]): void => {
    if (user === undefined || user < bound) return;
    throw new StateError(['users', ...path], `there is no user ${user} before`);
  };
  // A former record is always an older one.
  all.forEach(({ former }, place) => {
    check(former, place, ['users', place, 'former']);
  });
  byClientUserId.forEach(([, user], place) => {
    check(user, all.length, ['by_client_user_id', place, 1]);
  });
  byAppleAccount.forEach(([, user], place) => {
    check(user, all.length, ['by_apple_account', place, 1]);
  });
}

/** A slot of the assignment table; its target is a user or a device. */
interface WrittenSlot extends Omit<TakenSlot, 'target'> {
  readonly user?: number | undefined;
  readonly serialNumber?: string | undefined;
}

interface WrittenAssignments {
  readonly assignments: SavedSerials & {
    readonly taken: readonly WrittenSlot[];
    readonly freeSlots: readonly number[];
    readonly freeLicenses: readonly (readonly number[])[];
    readonly freed: readonly (readonly [version: number, asset: number, license: number])[];
  };
}

const assignments = store<LocationState, SavedAssignments, WrittenAssignments>({
  members: {
    assignments: record({
      taken: about(
        'licenses in the order in which they were assigned',
        list(
          record({
            asset: about('index of the asset', count),
            user: about('index of the user', optional(count)),
            serialNumber: optional(anyText),
            slot: about('place in the lists of assignments', count),
            license: about('number of the license within its asset', count),
            version: count,
          } satisfies Members<WrittenSlot>),
        ),
      ),
      freeSlots: list(count),
      freeLicenses: about('of each asset', list(list(count))),
      freed: about('version, asset and license of freed licenses', list(tuple(count, count, count))),
      serials: about('serial numbers that have or had a license', list(anyText)),
      free: about('places in `serials` that are used again', list(count)),
    }),
  },
  save: (location) => location.assignments.save(),
  restore: (location, saved) => location.assignments.restore(saved),
  write({ assignments: table, serials }) {
    const { taken, freed, ...free } = table.slots();
    return {
      assignments: {
        ...serials.save(),
        ...free,
        taken: taken.map(({ target, ...slot }) => ({
          ...slot,
          ...(isSerialTarget(target)
            ? { serialNumber: serials.serial(targetNumber(target)) }
            : { user: targetNumber(target) }),
        })),
        freed: freed.map(({ version, asset, license }) => [version, asset, license] as const),
      },
    };
  },
  read(location, { assignments: written }) {
    if (written === undefined) return;
    fillAssignments(location, written);
    countAssigned(location);
  },
});

function fillAssignments(location: LocationState, written: WrittenAssignments['assignments']): void {
  const vacant = new Set(written.free);
  const numbers = new Map<string, number>();
  written.serials.forEach((serial, number) => {
    if (!vacant.has(number)) numbers.set(serial, number);
  });
  const targetOf = ({ user, serialNumber }: WrittenSlot, place: number): number => {
    const number = serialNumber === undefined ? undefined : numbers.get(serialNumber);
    if (number !== undefined) return serialTarget(number);
    if (user !== undefined && location.users.get(user) !== undefined) return userTarget(user);
    throw new StateError(
      ['assignments', 'taken', place],
      'it needs a `user` by number, or a `serial_number` that stands under `serials`',
    );
  };
  const taken = written.taken.map((slot, place): TakenSlot => {
    if (location.assets.get(slot.asset) === undefined)
      throw new StateError(['assignments', 'taken', place, 'asset'], `there is no asset ${slot.asset}`);
    const { asset, license, version } = slot;
    return { slot: slot.slot, asset, license, version, target: targetOf(slot, place) };
  });
  const freed = written.freed.map(([version, asset, license]): FreedLicense => ({ version, asset, license }));
  const { freeSlots, freeLicenses } = written;
  try {
    location.assignments.fill({ taken, freeSlots, freeLicenses, freed });
  } catch (error) {
    if (error instanceof RangeError) throw new StateError(['assignments'], error.message);
    throw error;
  }
  location.serials.restore(written);
}

/** Part of `assignments` in a file. */
const serials = store<LocationState, SavedSerials, object>({
  members: {},
  save: (location) => location.serials.save(),
  restore: (location, saved) => location.serials.restore(saved),
  write: () => ({}),
  read: () => {},
});

const subscription = record({
  adamId: count,
  parentAdamId: optional(count),
  renewing: integer,
  expiring: integer,
  periodEnd: text,
  seats: about('clientUserId, and whether the seat renews', pairs(anyText, flag)),
  admins: set(anyText),
} satisfies Members<Subscription>);

const requestUser = record({
  clientUserId: anyText,
  email: optional(anyText),
  managedAppleId: optional(anyText),
} satisfies Members<RequestUser>);

const request = oneOf(
  record({
    kind: choice(['assets']),
    type: choice(['ASSOCIATE', 'DISASSOCIATE']),
    assets: list(count),
    clientUserIds: list(anyText),
    serialNumbers: list(anyText),
  }),
  record({
    kind: choice(['revoke']),
    type: choice(['REVOKE']),
    clientUserIds: list(anyText),
    serialNumbers: list(anyText),
  }),
  record({
    kind: choice(['users']),
    type: choice(['CREATE', 'UPDATE', 'RETIRE']),
    users: list(requestUser),
  }),
  record({
    kind: choice(['subscriptions']),
    type: choice(['ASSOCIATE', 'DISASSOCIATE']),
    adamIds: list(integer),
    clientUserIds: list(anyText),
    renewing: flag,
    deferred: flag,
  }),
);

const failure = record({
  errorNumber: integer,
  assets: list(record({ adamId: anyText, pricingParam: choice(PRICING_PARAMS) })),
  clientUserIds: list(anyText),
  serialNumbers: list(anyText),
} satisfies Members<EventFailure>);

const event = record({
  eventId: text,
  type: choice(['ASSOCIATE', 'DISASSOCIATE', 'REVOKE', 'CREATE', 'UPDATE', 'RETIRE']),
  numRequested: count,
  request: about('what is still to be done', optional(request)),
  status: choice(['PENDING', 'COMPLETE', 'FAILED']),
  numCompleted: count,
  failures: list(failure),
} satisfies Members<ContentEvent>);

const notificationType = choice([...NOTIFICATION_TYPES, 'TEST_NOTIFICATION']);

const notification = record({
  notificationId: text,
  notificationType,
  notification: object,
} satisfies Members<ContentNotification>);

const config = record({
  mdmInfo: optional(section<MdmInfo>('mdm_info')),
  notificationUrl: optional(anyText),
  notificationAuthToken: optional(anyText),
  notificationTypes: list(notificationType),
} satisfies Members<ClientConfig>);

const legacyConfig = record({
  apnToken: optional(anyText),
  notificationToken: optional(anyText),
  notificationUrl: optional(anyText),
} satisfies Members<LegacyConfig>);

const location: Members<LocationState> = {
  index: fixed,
  name: about('of the location at the same place under `locations`', text),
  uId: fixed,
  locationId: fixed,
  country: fixed,
  platform: fixed,
  managedByApple: fixed,
  tokens: list(token, 1),
  assets,
  users,
  serials,
  assignments,
  subscriptions: list(subscription),
  subscriptionsEnabled: flag,
  events: about('asynchronous events by their id', index('eventId', event)),
  versions: about(
    'from which versionIds derive',
    record({ assets: count, assignments: count, users: count, subscriptions: count }),
  ),
  config,
  legacyConfig,
  clientContext: optional(anyText),
  usedByV2: flag,
  outbox: about('notifications that are still to be sent', list(notification)),
};

/** Every assignment must be one of an asset. */
function assignmentProblem({ assets: all, assignments: table }: LocationState): string | undefined {
  const assigned = all.all.reduce((sum, asset) => sum + asset.assigned, 0);
  return assigned === table.size ? undefined : '`assets` needs `assignments` that go with them';
}

export const CONTENT_MEMBERS: Members<ContentState> = {
  locations: each('location', 'name', location, { order: true, check: assignmentProblem }),
  managedAccounts: fixed,
  knowsSerial: fixed,
};
