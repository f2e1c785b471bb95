import type { AppleError } from '../../../core/apple-error.ts';
import type { Location } from '../../../organization/content/location.ts';
import type { Organization } from '../../../organization/organization.ts';
import { operation } from '../../operation.ts';
import { VPP_PAGES } from '../pages.ts';
import { vppError } from '../vpp-error.ts';
import { writeScheme } from './authenticate.ts';
import { requestEvent } from './event.ts';
import { emptyIn, tooManyIn, twiceIn } from './lists.ts';
import { answer } from './render.ts';
import { strangeMember } from './strangers.ts';
import { versionId } from './version-id.ts';

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

/** A user must have linked an Apple Account, else there is nobody to subscribe. */
function unlinked(location: Location, clientUserIds: readonly string[]): AppleError | undefined {
  const without = clientUserIds.filter((id) => location.users.active(id)?.appleAccount === undefined);
  return without.length === 0
    ? undefined
    : vppError('9814', `${without[0]} has no associated user`, { clientUserIds: without });
}

const seats = (type: 'ASSOCIATE' | 'DISASSOCIATE', about: string) =>
  operation({
    about,
    scheme: writeScheme,
    body: SEATS,
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
        strangeMember(call, SEATS) ??
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

export const associateSubscriptions = seats('ASSOCIATE', 'Gives seats of subscriptions to users');

export const disassociateSubscriptions = seats('DISASSOCIATE', 'Takes seats of subscriptions from users');

const admins = (add: boolean, about: string) =>
  operation({
    about,
    scheme: writeScheme,
    body: ADMINS,
    errors: ['9701', '9704', '9718', '9719', '9813', '9814', '9816'],
    source: VPP_PAGES.managingSubscriptions,
    handler(call) {
      const { organization, caller, body } = call;
      const { location } = caller;
      const { adamIds = [], clientUserIds = [] } = body;
      const problem =
        strangeMember(call, ADMINS) ??
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

export const addAdmins = admins(true, 'Makes users administrators of subscriptions');

export const removeAdmins = admins(false, 'Makes users administrators of subscriptions no longer');
