import { mix32 } from '../../core/random.ts';
import type { ContentContext, ContentReader } from './area.ts';
import { createForcedFailure, type EventFailure, type EventRequest, type RequestUser } from './event.ts';
import { assignmentsWritten, unassignAll, userTarget } from './licenses.ts';
import type { Location, LocationState } from './location.ts';
import { type ContentUser, MOST_USERS, type UserReader } from './user-index.ts';

const FIRST_USER_ID = 100_001;

/** A 32-bit hash of a text. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

const hex = (word: number): string => word.toString(16).padStart(8, '0');

/** 32 hexadecimal digits, unique to the user and location. */
export function inviteCodeOf({ uId }: Pick<LocationState, 'uId'>, index: number): string {
  const key = hashOf(`invite ${uId}`);
  return [1, 2, 3, 4].map((part) => hex(mix32(key + part, index))).join('');
}

/** In the form of Apple's samples: base64 of 20 bytes, the same for the same account in a location. */
export function idHashOf({ uId }: Pick<LocationState, 'uId'>, account: string): string {
  const key = hashOf(`${uId} ${account.toLowerCase()}`);
  const bytes = Array.from({ length: 20 }, (_, index) => mix32(key, index) & 255);
  return btoa(String.fromCharCode(...bytes));
}

/** Why a Managed Apple Account cannot be linked: unknown or of another organization 9635, linked already 9641. */
export function linkProblem(
  { managedAccounts }: Pick<ContentReader, 'managedAccounts'>,
  location: Pick<Location, 'users'>,
  managedAppleId: string | undefined,
  user?: UserReader,
): 0 | 9635 | 9641 {
  if (managedAppleId === undefined) return 0;
  if (managedAccounts !== undefined && !managedAccounts.has(managedAppleId.toLowerCase())) return 9635;
  const holder = location.users.linkedTo(managedAppleId);
  return holder === undefined || holder === user ? 0 : 9641;
}

/**
 * Registration reuses the record of a retired user that was never linked. After a link it creates a new record:
 * the "MDM Protocol Reference", chapter on VPP.
 */
export function registerUser(location: LocationState, request: RequestUser): ContentUser {
  const former = location.users.find(request.clientUserId);
  const user =
    former !== undefined && former.status === 'Retired' && !former.wasLinked
      ? former
      : location.users.add({
          userId: FIRST_USER_ID + location.users.all.length,
          clientUserId: request.clientUserId,
          email: undefined,
          managedAppleId: undefined,
          appleAccount: undefined,
          status: 'Registered',
          former,
          wasLinked: false,
          superseded: false,
          version: 0,
        });
  user.status = 'Registered';
  user.email = request.email;
  touch(location, user);
  return request.managedAppleId === undefined
    ? user
    : linkAccount(location, user, request.managedAppleId, true);
}

/** Links an Apple Account. An older record of the same person replaces this one. */
export function linkAccount(
  location: LocationState,
  user: ContentUser,
  account: string,
  managed: boolean,
): ContentUser {
  let linked = user;
  for (let former = user.former; former !== undefined; former = former.former) {
    if (former.appleAccount?.toLowerCase() !== account.toLowerCase()) continue;
    retireUser(location, user);
    user.superseded = true;
    location.users.revive(former);
    linked = former;
    break;
  }
  location.users.link(linked, account);
  linked.managedAppleId = managed ? account : undefined;
  linked.status = 'Associated';
  linked.wasLinked = true;
  touch(location, linked);
  return linked;
}

/** Retires a user and revokes everything revocable. Books stay with the person. */
export function retireUser(location: LocationState, user: ContentUser): void {
  location.users.unlink(user);
  user.status = 'Retired';
  if (location.assignments.hasAny(userTarget(user.index))) {
    assignmentsWritten(location);
    unassignAll(location, userTarget(user.index), location.versions.assignments);
  }
  touch(location, user);
}

export function editUser(
  location: LocationState,
  user: ContentUser,
  edit: { readonly email?: string | undefined; readonly managedAppleId?: string | undefined },
): ContentUser {
  if (edit.email !== undefined) user.email = edit.email;
  touch(location, user);
  return edit.managedAppleId === undefined ? user : linkAccount(location, user, edit.managedAppleId, true);
}

function touch(location: LocationState, user: ContentUser): void {
  location.versions.users += 1;
  user.version = location.versions.users;
}

/** A user in v2 responses: https://developer.apple.com/documentation/devicemanagement/responseuser */
export function responseUser(
  location: Pick<LocationState, 'uId'>,
  user: UserReader,
): Record<string, unknown> {
  return {
    clientUserId: user.clientUserId,
    // Users with a Managed Apple Account have no e-mail address.
    ...(user.email === undefined || user.managedAppleId !== undefined ? {} : { email: user.email }),
    ...(user.appleAccount === undefined ? {} : { idHash: idHashOf(location, user.appleAccount) }),
    ...(user.status === 'Registered' ? { inviteCode: inviteCodeOf(location, user.index) } : {}),
    status: user.status,
  };
}

type UsersRequest = Extract<EventRequest, { kind: 'users' }>;

export interface UsersResult {
  readonly done: readonly ContentUser[];
  readonly failed: ReadonlyMap<number, readonly RequestUser[]>;
  readonly failures: readonly EventFailure[];
}

type Outcome = ContentUser | number;

const WORK: Readonly<
  Record<
    UsersRequest['type'],
    (context: ContentContext, location: LocationState, user: RequestUser) => Outcome
  >
> = {
  CREATE(context, location, user) {
    if (location.users.active(user.clientUserId) !== undefined) return 9716;
    if (location.users.all.length >= MOST_USERS) return 9603;
    return linkProblem(context.state, location, user.managedAppleId) || registerUser(location, user);
  },
  UPDATE(context, location, user) {
    const found = location.users.active(user.clientUserId);
    if (found === undefined) return 9609;
    return (
      linkProblem(context.state, location, user.managedAppleId, found) || editUser(location, found, user)
    );
  },
  RETIRE(_, location, { clientUserId }) {
    const found = location.users.active(clientUserId);
    if (found === undefined) return 9609;
    retireUser(location, found);
    return found;
  },
};

export function processUsers(
  context: ContentContext,
  location: LocationState,
  request: UsersRequest,
): UsersResult {
  const forced = createForcedFailure(context.behavior.vpp);
  const done: ContentUser[] = [];
  const failed = new Map<number, RequestUser[]>();
  for (const user of request.users) {
    const outcome = forced() || WORK[request.type](context, location, user);
    if (typeof outcome !== 'number') done.push(outcome);
    else if (failed.has(outcome)) failed.get(outcome)!.push(user);
    else failed.set(outcome, [user]);
  }
  const failures = [...failed].map(([errorNumber, users]) => ({
    errorNumber,
    assets: [],
    clientUserIds: users.map(({ clientUserId }) => clientUserId),
    serialNumbers: [],
  }));
  return { done, failed, failures };
}
