/** Seats of one subscription product, as Apple counts them: by whether they renew at the end of the period. */
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
