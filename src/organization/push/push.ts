/** A push that was taken in. Plain data. */
export interface Push {
  readonly apnsId: string;
  readonly topic: string;
  readonly payload: string;
  /** Virtual time at which it came, milliseconds since the epoch. */
  readonly at: number;
}

/** A push that waits for its device. */
export interface StoredPush extends Push {
  /** Virtual time from which it is worth nothing. */
  readonly expiresAt: number;
  /** Whether the device will act on it: its PushMagic is the device's. */
  readonly wakes: boolean;
}

/**
 * What can become of a push, as Apple's console tells it:
 * https://developer.apple.com/documentation/usernotifications/viewing-the-status-of-push-notifications-using-metrics-and-apns
 */
export type PushFate = 'delivered' | 'stored' | 'discarded';

export type DiscardReason =
  /** A newer one took its place. */
  | 'overwritten'
  /** Its time was over before the device came back. */
  | 'expired'
  /** The token went out of use before the device came back. */
  | 'unregistered'
  /** `apns-expiration: 0`, and the device was not there. */
  | 'not_stored';
