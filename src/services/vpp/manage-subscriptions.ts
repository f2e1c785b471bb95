import type { AppleError } from '../../core/apple-error.ts';
import { jsonBody } from '../../engine/body.ts';
import { operation } from '../../engine/service.ts';
import type { Location } from '../../organization/content/location.ts';
import type { Organization } from '../../organization/organization.ts';
import { writeScheme } from './authenticate.ts';
import { vppError } from './errors.ts';
import { requestEvent } from './events.ts';
import { versionId } from './page.ts';
import { VPP_PAGES } from './pages.ts';
import { answer, commonMembers, json } from './render.ts';
import { emptyIn, tooManyIn, twiceIn, unknownMember } from './request-checks.ts';

const SEATS = {
  adamIds: 'integers',
  clientUserIds: 'texts',
  renewing: 'boolean',
  deferred: 'boolean',
} as const;

const ADMINS = { adamIds: 'integers', clientUserIds: 'texts' } as const;

function problemOf(
  { behavior: { vpp } }: Organization,
  location: Location,
  adamIds: readonly number[],
  clientUserIds: readonly string[],
): AppleError | undefined {
  const products = {
    member: 'adamIds',
    limit: vpp.max_subscriptions,
    tooMany: vpp.subscription_limit_error,
    twice: '9703',
  } as const;
  const users = {
    member: 'clientUserIds',
    limit: vpp.max_subscription_client_user_ids,
    tooMany: '9701',
    twice: '9704',
  } as const;
  const problem = tooManyIn(adamIds, products) ?? tooManyIn(clientUserIds, users);
  if (problem !== undefined) return problem;
  if (adamIds.length === 0) return vppError('9718', '`adamIds` is missing or empty');
  if (clientUserIds.length === 0) return vppError('9719', '`clientUserIds` is missing or empty');
  const doubled =
    twiceIn(adamIds.map(String), products) ??
    twiceIn(clientUserIds, users) ??
    emptyIn(clientUserIds, 'clientUserIds');
  if (doubled !== undefined) return doubled;
  const unknown = adamIds.find((id) => !location.subscriptions.some(({ adamId }) => adamId === id));
  return unknown === undefined
    ? undefined
    : vppError('9813', `"${location.name}" has no subscription ${unknown}`);
}

/** A user needs a linked Apple Account to have a subscription. */
function unlinked(location: Location, clientUserIds: readonly string[]): AppleError | undefined {
  const without = clientUserIds.filter((id) => location.users.active(id)?.appleAccount === undefined);
  return without.length === 0
    ? undefined
    : vppError('9814', `${without[0]} has no associated user`, { clientUserIds: without });
}

const seats = (type: 'ASSOCIATE' | 'DISASSOCIATE', about: string) =>
  operation({
    name: `vpp.subscriptions.${type.toLowerCase()}`,
    methods: ['POST'],
    path: `/mdm/v2/subscriptions/${type.toLowerCase()}`,
    about,
    scheme: writeScheme,
    body: jsonBody(SEATS),
    errors: [
      ...['9701', '9704', '9718', '9719', '9811', '9813', '9814', '9816'],
      ...(type === 'DISASSOCIATE' ? ['9815'] : []),
    ],
    source: VPP_PAGES.associateSubscriptions,
    handler(call) {
      const { organization, caller, body } = call;
      const { location } = caller;
      const { adamIds = [], clientUserIds = [], renewing = true, deferred = false } = body;
      const problem =
        unknownMember(call, SEATS) ??
        (location.subscriptionsEnabled
          ? undefined
          : vppError('9811', 'subscriptions are not enabled for the location; POST /subscriptions/enable')) ??
        problemOf(organization, location, adamIds, clientUserIds) ??
        unlinked(location, clientUserIds) ??
        (type === 'DISASSOCIATE' ? unseated(location, adamIds, clientUserIds) : undefined);
      if (problem !== undefined) return problem;
      return requestEvent(organization, caller, adamIds.length * clientUserIds.length, {
        kind: 'subscriptions',
        type,
        adamIds,
        clientUserIds,
        renewing,
        deferred,
      });
    },
  });

function unseated(location: Location, adamIds: readonly number[], clientUserIds: readonly string[]) {
  for (const { adamId, seats: held } of location.subscriptions) {
    if (!adamIds.includes(adamId)) continue;
    const without = clientUserIds.filter((id) => !held.has(id));
    if (without.length > 0) {
      return vppError('9815', `${without[0]} has no seat of ${adamId}`, { clientUserIds: without });
    }
  }
  return undefined;
}

export const associateSubscriptions = seats('ASSOCIATE', 'Associates subscriptions with users');

export const disassociateSubscriptions = seats('DISASSOCIATE', 'Disassociates subscriptions from users');

const admins = (add: boolean, about: string) =>
  operation({
    name: `vpp.subscriptions.admins.${add ? 'add' : 'remove'}`,
    methods: ['POST'],
    path: `/mdm/v2/subscriptions/admins/${add ? 'add' : 'remove'}`,
    about,
    scheme: writeScheme,
    body: jsonBody(ADMINS),
    errors: ['9701', '9704', '9718', '9719', '9813', '9814', '9816'],
    source: VPP_PAGES.managingSubscriptions,
    handler(call) {
      const { organization, caller, body } = call;
      const { location } = caller;
      const { adamIds = [], clientUserIds = [] } = body;
      const problem =
        unknownMember(call, ADMINS) ??
        problemOf(organization, location, adamIds, clientUserIds) ??
        (add ? unlinked(location, clientUserIds) : undefined);
      if (problem !== undefined) return problem;
      organization.apply({
        type: 'content_subscription_admins_changed',
        location: location.index,
        adamIds,
        clientUserIds,
        add,
      });
      return answer(organization, caller, {
        versionId: versionId(organization, location, 'subscriptions'),
      });
    },
  });

export const addAdmins = admins(true, 'Adds administrators of subscriptions');

export const removeAdmins = admins(false, 'Removes administrators of subscriptions');

/** Only in these calls does Apple's sample show an MDM that is not set as null. */
const turn = (enabled: boolean, about: string, source: string) =>
  operation({
    name: `vpp.subscriptions.${enabled ? 'enable' : 'disable'}`,
    methods: ['POST'],
    path: `/mdm/v2/subscriptions/${enabled ? 'enable' : 'disable'}`,
    about,
    scheme: writeScheme,
    errors: enabled ? [] : ['9818'],
    source,
    handler({ organization, caller }) {
      const { location } = caller;
      if (!enabled && location.subscriptions.some(({ renewing, expiring }) => renewing + expiring > 0)) {
        return vppError('9818', `"${location.name}" has subscriptions`);
      }
      organization.apply({ type: 'content_subscriptions_switched', location: location.index, enabled });
      return json({
        mdmInfo: null,
        subscriptionManagement: enabled ? 'ENABLED' : 'DISABLED',
        ...commonMembers(organization, caller),
      });
    },
  });

export const enableSubscriptions = turn(
  true,
  'Enables subscription management',
  VPP_PAGES.enableSubscriptions,
);

export const disableSubscriptions = turn(
  false,
  'Disables subscription management, if there are no subscriptions',
  VPP_PAGES.disableSubscriptions,
);
