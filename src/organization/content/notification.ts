export type NotificationType =
  | 'ASSET_MANAGEMENT'
  | 'USER_MANAGEMENT'
  | 'USER_ASSOCIATED'
  | 'ASSET_COUNT'
  | 'SUBSCRIPTION_MANAGEMENT'
  | 'SUBSCRIPTION_COUNT'
  | 'UNLIMITED_ASSET'
  | 'TEST_NOTIFICATION';

/** All that a client can subscribe to, as the service config lists them. */
export const NOTIFICATION_TYPES = [
  'ASSET_MANAGEMENT',
  'USER_MANAGEMENT',
  'USER_ASSOCIATED',
  'ASSET_COUNT',
  'SUBSCRIPTION_MANAGEMENT',
  'SUBSCRIPTION_COUNT',
  'UNLIMITED_ASSET',
] as const satisfies readonly NotificationType[];

/** Elements of one notification at most: https://developer.apple.com/documentation/devicemanagement/subscribing-to-notifications */
export const MOST_ELEMENTS = 100;

/** What Apple wants to tell a location's MDM; where to is decided when it is sent. */
export interface ContentNotification {
  readonly notificationId: string;
  readonly notificationType: NotificationType;
  readonly notification: Readonly<Record<string, unknown>>;
}
