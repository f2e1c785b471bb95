import type { ContentContext } from './area.ts';
import type { EventRequest } from './event.ts';
import { EventResult } from './event-result.ts';
import { createForcedFailure } from './forced-failure.ts';
import type { LocationState } from './location.ts';
import { listens } from './notify.ts';
import { availableSeats, type Subscription } from './subscription.ts';

type SubscriptionsRequest = Extract<EventRequest, { kind: 'subscriptions' }>;

/** https://developer.apple.com/documentation/devicemanagement/managing-subscriptions */
export function processSubscriptions(
  context: ContentContext,
  location: LocationState,
  request: SubscriptionsRequest,
): EventResult {
  const result = new EventResult(listens(location, 'SUBSCRIPTION_MANAGEMENT'));
  const forced = createForcedFailure(context.behavior.vpp);
  location.versions.subscriptions += 1;
  for (const adamId of request.adamIds) {
    const subscription = location.subscriptions.find((each) => each.adamId === adamId)!;
    for (const clientUserId of request.clientUserIds) {
      const error = forced() || seat(location, subscription, clientUserId, request);
      result.conclude(error, { adamId: String(adamId), pricingParam: 'STDQ' }, { clientUserId });
    }
  }
  return result;
}

function seat(
  location: LocationState,
  subscription: Subscription,
  clientUserId: string,
  { type, renewing, deferred }: SubscriptionsRequest,
): number {
  if (location.users.active(clientUserId) === undefined) return 9609;
  const held = subscription.seats.get(clientUserId);
  if (type === 'DISASSOCIATE') {
    if (held === undefined) return 9815;
    // A deferred one keeps the seat until the period ends, where it does not renew.
    if (deferred) return held ? move(subscription, clientUserId, false) : 0;
    subscription.seats.delete(clientUserId);
    return 0;
  }
  if (held === renewing) return 0;
  const free = availableSeats(subscription);
  if ((renewing ? free.renewing : free.expiring) <= 0) return 9709;
  subscription.seats.set(clientUserId, renewing);
  return 0;
}

/** The seat itself stops renewing, so that the totals move with it. */
function move(subscription: Subscription, clientUserId: string, renewing: boolean): number {
  subscription.renewing += renewing ? 1 : -1;
  subscription.expiring += renewing ? -1 : 1;
  subscription.seats.set(clientUserId, renewing);
  return 0;
}
