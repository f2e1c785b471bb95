import type { ContentContext } from './area.ts';
import { createForcedFailure, type EventRequest, EventResult } from './event.ts';
import type { LocationState } from './location.ts';
import { listens } from './notification.ts';

/** Seats of one subscription product. Apple counts those that renew at the end of the period separately. */
export interface Subscription {
  readonly adamId: number;
  readonly parentAdamId: number | undefined;
  renewing: number;
  expiring: number;
  readonly periodEnd: string;
  /** Whether the seat renews, by user. */
  readonly seats: Map<string, boolean>;
  readonly admins: Set<string>;
}

export interface SubscriptionReader {
  readonly adamId: number;
  readonly parentAdamId: number | undefined;
  readonly renewing: number;
  readonly expiring: number;
  readonly periodEnd: string;
  readonly seats: ReadonlyMap<string, boolean>;
  readonly admins: ReadonlySet<string>;
}

export interface SeatCounts {
  readonly renewing: number;
  readonly expiring: number;
}

export function assignedSeats(subscription: SubscriptionReader): SeatCounts {
  let renewing = 0;
  for (const renews of subscription.seats.values()) if (renews) renewing += 1;
  return { renewing, expiring: subscription.seats.size - renewing };
}

export function availableSeats(subscription: SubscriptionReader): SeatCounts {
  const assigned = assignedSeats(subscription);
  return {
    renewing: subscription.renewing - assigned.renewing,
    expiring: subscription.expiring - assigned.expiring,
  };
}

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
    // With `deferred` the user keeps the seat until the period ends, without renewal.
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

/** The seat stops renewing, so the totals change too. */
function move(subscription: Subscription, clientUserId: string, renewing: boolean): number {
  subscription.renewing += renewing ? 1 : -1;
  subscription.expiring += renewing ? -1 : 1;
  subscription.seats.set(clientUserId, renewing);
  return 0;
}
