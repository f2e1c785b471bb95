import { AppleError } from '../../core/apple-error.ts';
import { type HttpRequest, queryValues } from '../../core/request.ts';
import { operation, type Reply } from '../../engine/service.ts';
import type { Location } from '../../organization/content/location.ts';
import {
  assignedSeats,
  availableSeats,
  type SubscriptionReader,
} from '../../organization/content/subscription.ts';
import { idHashOf } from '../../organization/content/user-rules.ts';
import type { Organization } from '../../organization/organization.ts';
import { readScheme } from './authenticate.ts';
import type { ContentManager } from './credentials.ts';
import { vppError } from './errors.ts';
import { versionId } from './page.ts';
import { VPP_PAGES } from './pages.ts';
import { isAppleError, readQuery } from './query.ts';
import { answer } from './render.ts';

const isNumber = (text: string): boolean => /^[1-9]\d{0,18}$/.test(text);

/** The subscriptions selected by `parentAdamId` and `adamId`; both may be given several times. */
function chosen(
  { location }: ContentManager,
  request: HttpRequest,
): readonly SubscriptionReader[] | AppleError {
  const parents = queryValues(request, 'parentAdamId');
  const ids = queryValues(request, 'adamId');
  const bad = [...parents, ...ids].find((text) => !isNumber(text));
  if (bad !== undefined) return vppError('9813', `${JSON.stringify(bad.slice(0, 40))} is no Adam ID`);
  return location.subscriptions.filter(
    ({ adamId, parentAdamId }) =>
      (parents.length === 0 || parents.includes(String(parentAdamId))) &&
      (ids.length === 0 || ids.includes(String(adamId))),
  );
}

function listed(
  organization: Organization,
  caller: ContentManager,
  request: HttpRequest,
  member: string,
  all: readonly unknown[],
): Reply {
  const { location } = caller;
  const filter = new URLSearchParams(request.query);
  filter.delete('cursor');
  const list = `${member}?${filter}`;
  const cursor = queryValues(request, 'cursor')[0];
  const start = cursor === undefined ? 0 : readSubscriptionCursor(organization, location, list, cursor);
  if (start === undefined || start > all.length) {
    return vppError('9812', `the cursor ${cursor?.slice(0, 64)} was not issued for this list`);
  }
  const end = start + organization.behavior.vpp.page_size;
  return answer(organization, caller, {
    [member]: all.slice(start, end),
    ...(end < all.length ? { nextCursor: writeSubscriptionCursor(organization, location, list, end) } : {}),
    versionId: versionId(organization, location, 'subscriptions'),
  });
}

export const getSubscriptions = operation({
  name: 'vpp.subscriptions',
  methods: ['GET'],
  path: '/mdm/v2/subscriptions',
  about: 'Lists subscriptions with seat counts',
  scheme: readScheme,
  errors: ['9812', '9813'],
  source: VPP_PAGES.getSubscriptions,
  handler({ organization, request, caller }) {
    const subscriptions = chosen(caller, request);
    if (subscriptions instanceof AppleError) return subscriptions;
    const shown = subscriptions.map((subscription) => ({
      adamId: subscription.adamId,
      counts: {
        assigned: assignedSeats(subscription),
        available: availableSeats(subscription),
        total: { expiring: subscription.expiring, renewing: subscription.renewing },
      },
      currentPeriodEndDate: subscription.periodEnd,
      parentAdamId: subscription.parentAdamId ?? null,
      status: 'ACTIVE',
    }));
    return listed(organization, caller, request, 'subscriptions', shown);
  },
});

export const getSubscriptionAssignments = operation({
  name: 'vpp.subscriptions.assignments',
  methods: ['GET'],
  path: '/mdm/v2/subscriptions/assignments',
  about: 'Lists seats of subscriptions',
  scheme: readScheme,
  errors: ['9812', '9813'],
  source: VPP_PAGES.getSubscriptionAssignments,
  handler({ organization, request, caller }) {
    const subscriptions = chosen(caller, request);
    if (subscriptions instanceof AppleError) return subscriptions;
    const only = queryValues(request, 'clientUserId');
    const shown = subscriptions.flatMap(({ adamId, seats }) =>
      [...seats]
        .filter(([clientUserId]) => only.length === 0 || only.includes(clientUserId))
        .map(([clientUserId, renewing]) => ({ adamId, clientUserId, renewing })),
    );
    return listed(organization, caller, request, 'assignments', shown);
  },
});

export const getAdmins = operation({
  name: 'vpp.subscriptions.admins',
  methods: ['GET'],
  path: '/mdm/v2/subscriptions/admins',
  about: 'Lists the administrators of subscriptions',
  scheme: readScheme,
  errors: ['9812', '9813'],
  source: VPP_PAGES.getAdmins,
  handler({ organization, request, caller }) {
    const query = readQuery(request, { includeUserState: 'flag' });
    if (isAppleError(query)) return query;
    const subscriptions = chosen(caller, request);
    if (subscriptions instanceof AppleError) return subscriptions;
    const { location } = caller;
    const shown = subscriptions.flatMap(({ adamId, admins }) =>
      [...admins].map((clientUserId) => {
        const user = location.users.find(clientUserId);
        return {
          adamId,
          clientUserId,
          ...(user?.appleAccount === undefined ? {} : { idHash: idHashOf(location, user.appleAccount) }),
          ...(query.includeUserState && user !== undefined ? { userStatus: user.status } : {}),
        };
      }),
    );
    return listed(organization, caller, request, 'admins', shown);
  },
});

const CHECK_DIGITS = 8;

const checkOf = ({ runtime }: Organization, text: string): string =>
  runtime.identifiers.hex(`subscription cursor ${text}`, CHECK_DIGITS);

/** Opaque to clients: list, filter and position. */
export function writeSubscriptionCursor(
  organization: Organization,
  { uId }: Location,
  list: string,
  offset: number,
): string {
  const text = `${uId}/${list}/${offset}`;
  return btoa(`${offset}:${checkOf(organization, text)}`);
}

export function readSubscriptionCursor(
  organization: Organization,
  { uId }: Location,
  list: string,
  cursor: string,
): number | undefined {
  try {
    const [offset = '', check] = atob(cursor).split(':');
    if (!/^\d{1,9}$/.test(offset)) return undefined;
    return checkOf(organization, `${uId}/${list}/${Number(offset)}`) === check ? Number(offset) : undefined;
  } catch {
    return undefined;
  }
}
