import type { ContentContext } from './area.ts';
import type { ContentEvent } from './event.ts';
import type { Pair } from './event-result.ts';
import type { LocationState } from './location.ts';
import { MOST_ELEMENTS, type NotificationType } from './notification.ts';

/** What waits for a receiver that does not come; the oldest make room. */
const MOST_WAITING = 10_000;

export const listens = ({ config }: LocationState, type: NotificationType): boolean =>
  config.notificationUrl !== undefined && config.notificationTypes.includes(type);

export function notify(
  { identifiers }: ContentContext,
  location: LocationState,
  notificationType: NotificationType,
  notification: Readonly<Record<string, unknown>>,
): void {
  if (!listens(location, notificationType)) return;
  if (location.outbox.length >= MOST_WAITING) location.outbox.shift();
  const notificationId = identifiers.uuid(identifiers.next('notification'));
  location.outbox.push({ notificationId, notificationType, notification });
}

/** The number of an error stands for its words until it is sent. */
type Outcome =
  | { readonly result: 'SUCCESS' }
  | { readonly result: 'FAILURE'; readonly error: { readonly errorNumber: number } };

/** Success and failure come apart, each in portions of at most a hundred. */
export function notifyInPortions(
  context: ContentContext,
  location: LocationState,
  { eventId, type }: ContentEvent,
  what: { readonly notificationType: NotificationType; readonly member: string },
  elements: readonly unknown[],
  outcome: Outcome,
): void {
  for (let start = 0; start < elements.length; start += MOST_ELEMENTS) {
    notify(context, location, what.notificationType, {
      [what.member]: elements.slice(start, start + MOST_ELEMENTS),
      eventId,
      ...outcome,
      type,
    });
  }
}

export const assignmentElement = ({ asset, clientUserId, serialNumber }: Pair): Record<string, unknown> => ({
  ...(asset.adamId === '' ? {} : { adamId: asset.adamId, pricingParam: asset.pricingParam }),
  ...(clientUserId === undefined ? {} : { clientUserId }),
  ...(serialNumber === undefined ? {} : { serialNumber }),
});
