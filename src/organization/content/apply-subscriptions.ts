import { type ApplyingContent, locationOf } from './applying.ts';
import type { ContentChange } from './change.ts';
import { notify } from './notify.ts';
import { availableSeats } from './subscription.ts';

export function changeAdmins(
  applying: ApplyingContent,
  change: Extract<ContentChange, { type: 'content_subscription_admins_changed' }>,
): void {
  const location = locationOf(applying, change);
  for (const subscription of location.subscriptions) {
    if (!change.adamIds.includes(subscription.adamId)) continue;
    for (const clientUserId of change.clientUserIds) {
      if (change.add) subscription.admins.add(clientUserId);
      else subscription.admins.delete(clientUserId);
    }
  }
  location.versions.subscriptions += 1;
}

/** Seats bought, expired or renewed. */
export function countSubscription(
  applying: ApplyingContent,
  change: Extract<ContentChange, { type: 'content_subscription_counted' }>,
): void {
  const location = locationOf(applying, change);
  const subscription = location.subscriptions.find(({ adamId }) => adamId === change.adamId);
  if (subscription === undefined) return;
  subscription.renewing += change.renewing;
  subscription.expiring += change.expiring;
  location.versions.subscriptions += 1;
  notify(applying, location, 'SUBSCRIPTION_COUNT', {
    ...(subscription.parentAdamId === undefined ? {} : { parentAdamId: subscription.parentAdamId }),
    adamId: subscription.adamId,
    counts: {
      available: availableSeats(subscription),
      total: { renewing: subscription.renewing, expiring: subscription.expiring },
    },
  });
}
