import type { ContentContext } from './area.ts';
import type { EventFailure, EventRequest, RequestUser } from './event.ts';
import { createForcedFailure } from './forced-failure.ts';
import type { LocationState } from './location.ts';
import { type ContentUser, MOST_USERS } from './user-index.ts';
import { editUser, linkProblem, registerUser, retireUser } from './user-rules.ts';

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
