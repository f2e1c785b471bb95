import { isSerialTarget, serialTarget, targetNumber, userTarget } from '../content/licenses.ts';
import type { Content, ContentState, Location, LocationState } from '../content/location.ts';
import type { SavedUsers } from '../content/user-register.ts';
import type { AssignmentsTold, AssignmentTold, LocationTold, UsersTold } from './state.ts';
import { StateError } from './state-error.ts';

type Path = readonly (string | number)[];

/** All that Apps and Books knows of the locations, in the words of a file. */
export const tellContent = ({ locations }: Content): readonly LocationTold[] => locations.map(tellLocation);

function tellLocation(location: Location): LocationTold {
  const { users, byClientUserId, byAppleAccount } = location.users.save();
  return {
    name: location.name,
    tokens: location.tokens,
    assets: location.assets.all.map(({ index: _, assigned: __, ...asset }) => asset),
    users: { users: users.map(({ index: _, ...user }) => user), byClientUserId, byAppleAccount },
    assignments: tellAssignments(location),
    subscriptions: location.subscriptions.map(({ seats, admins, ...subscription }) => ({
      ...subscription,
      seats: [...seats],
      admins: [...admins],
    })),
    subscriptionsEnabled: location.subscriptionsEnabled,
    events: [...location.events.values()],
    versions: location.versions,
    config: location.config,
    legacyConfig: location.legacyConfig,
    clientContext: location.clientContext,
    usedByV2: location.usedByV2,
    outbox: location.outbox,
  };
}

function tellAssignments({ assignments, serials }: Location): AssignmentsTold {
  const { taken, freed, ...free } = assignments.slots();
  return {
    ...serials.save(),
    ...free,
    taken: taken.map(({ target, ...slot }) => ({
      ...slot,
      ...(isSerialTarget(target)
        ? { serialNumber: serials.serial(targetNumber(target)) }
        : { user: targetNumber(target) }),
    })),
    freed: freed.map(({ version, asset, license }) => [version, asset, license]),
  };
}

/** Makes locations that are at their beginning what is told, in their order. @throws StateError */
export function settleContent({ locations }: ContentState, told: readonly LocationTold[]): void {
  told.forEach((each, index) => {
    const location = locations[index];
    if (location?.name !== each.name)
      throw new StateError(
        [index, 'name'],
        `the location at this place is ${location === undefined ? 'none' : JSON.stringify(location.name)}`,
      );
    settleLocation(location, each, [index]);
  });
}

function settleLocation(location: LocationState, told: LocationTold, path: Path): void {
  location.subscriptionsEnabled = told.subscriptionsEnabled ?? location.subscriptionsEnabled;
  location.config = told.config ?? location.config;
  location.legacyConfig = told.legacyConfig ?? location.legacyConfig;
  location.clientContext = told.clientContext;
  location.usedByV2 = told.usedByV2 ?? location.usedByV2;
  location.outbox = [...(told.outbox ?? [])];
  Object.assign(location.versions, told.versions);
  if (told.tokens !== undefined)
    location.tokens.splice(0, location.tokens.length, ...told.tokens.map((token) => ({ ...token })));
  if (told.assets !== undefined)
    location.assets.restore(told.assets.map((asset, index) => ({ ...asset, index, assigned: 0 })));
  if (told.users !== undefined) location.users.restore(usersOf(told.users, [...path, 'users']));
  if (told.assignments !== undefined) fillAssignments(location, told.assignments, [...path, 'assignments']);
  if (told.subscriptions !== undefined) {
    const subscriptions = told.subscriptions.map(({ seats, admins, parentAdamId, ...subscription }) => ({
      ...subscription,
      parentAdamId,
      seats: new Map(seats),
      admins: new Set(admins),
    }));
    location.subscriptions.splice(0, location.subscriptions.length, ...subscriptions);
  }
  for (const event of told.events ?? []) location.events.set(event.eventId, { ...event });
  countAssigned(location, path);
}

/** @throws StateError where one stands for another that is not there */
function usersOf({ users, byClientUserId, byAppleAccount }: UsersTold, path: Path): SavedUsers {
  const check = (user: number | undefined, most: number, at: Path): void => {
    if (user !== undefined && user >= most)
      throw new StateError([...path, ...at], `there is no user ${user} before`);
  };
  // The record before is always an older one.
  users.forEach(({ former }, index) => {
    check(former, index, ['users', index, 'former']);
  });
  byClientUserId.forEach(([, user], index) => {
    check(user, users.length, ['by_client_user_id', index, 1]);
  });
  byAppleAccount.forEach(([, user], index) => {
    check(user, users.length, ['by_apple_account', index, 1]);
  });
  return { users: users.map((user, index) => ({ ...user, index })), byClientUserId, byAppleAccount };
}

function fillAssignments(
  { assignments, serials, users, assets }: LocationState,
  told: AssignmentsTold,
  path: Path,
): void {
  const vacant = new Set(told.free);
  const numbers = new Map<string, number>();
  told.serials.forEach((serial, number) => {
    if (!vacant.has(number)) numbers.set(serial, number);
  });
  const targetOf = ({ user, serialNumber }: AssignmentTold, index: number): number => {
    const number = serialNumber === undefined ? undefined : numbers.get(serialNumber);
    if (number !== undefined) return serialTarget(number);
    if (user !== undefined && users.get(user) !== undefined) return userTarget(user);
    throw new StateError(
      [...path, 'taken', index],
      'it needs a `user` by number, or a `serial_number` that stands under `serials`',
    );
  };
  const taken = told.taken.map(({ slot, asset, license, version, ...target }, index) => {
    if (assets.get(asset) === undefined)
      throw new StateError([...path, 'taken', index, 'asset'], `there is no asset ${asset}`);
    return {
      slot,
      asset,
      license,
      version,
      target: targetOf({ slot, asset, license, version, ...target }, index),
    };
  });
  const freed = told.freed.map(([version, asset, license]) => ({ version, asset, license }));
  try {
    assignments.fill({ taken, freeSlots: told.freeSlots, freeLicenses: told.freeLicenses, freed });
  } catch (error) {
    if (error instanceof RangeError) throw new StateError(path, error.message);
    throw error;
  }
  serials.restore(told);
}

function countAssigned({ assets, assignments }: LocationState, path: Path): void {
  for (const asset of assets.all) asset.assigned = assignments.ofAsset(asset.index).length;
  if (assets.all.reduce((sum, { assigned }) => sum + assigned, 0) !== assignments.size)
    throw new StateError(path, '`assets` needs `assignments` that go with them');
}
