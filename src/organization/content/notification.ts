import type { ContentContext } from './area.ts';
import type { ContentEvent, Pair } from './event.ts';
import type { LocationState } from './location.ts';

export type NotificationType =
  | 'ASSET_MANAGEMENT'
  | 'USER_MANAGEMENT'
  | 'USER_ASSOCIATED'
  | 'ASSET_COUNT'
  | 'SUBSCRIPTION_MANAGEMENT'
  | 'SUBSCRIPTION_COUNT'
  | 'UNLIMITED_ASSET'
  | 'TEST_NOTIFICATION';

/** The types that a client can subscribe to, as the service config lists them. */
export const NOTIFICATION_TYPES = [
  'ASSET_MANAGEMENT',
  'USER_MANAGEMENT',
  'USER_ASSOCIATED',
  'ASSET_COUNT',
  'SUBSCRIPTION_MANAGEMENT',
  'SUBSCRIPTION_COUNT',
  'UNLIMITED_ASSET',
] as const satisfies readonly NotificationType[];

/** Most elements of one notification: https://developer.apple.com/documentation/devicemanagement/subscribing-to-notifications */
export const MOST_ELEMENTS = 100;

/** A notification for the MDM of a location. The URL is chosen when it is sent. */
export interface ContentNotification {
  readonly notificationId: string;
  readonly notificationType: NotificationType;
  readonly notification: Readonly<Record<string, unknown>>;
}

/** Most notifications that wait; the oldest are dropped. */
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

/** Error messages are added by number when the notification is sent. */
type Outcome =
  | { readonly result: 'SUCCESS' }
  | { readonly result: 'FAILURE'; readonly error: { readonly errorNumber: number } };

/** Successes and failures are separate notifications of at most a hundred elements. */
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
