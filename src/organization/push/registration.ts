import type { DeviceRef } from '../inventory/serial-numbers.ts';

/**
 * The owner of a push token as a number. The channel of a device is twice its reference, that of its user (macOS has
 * both) one more. A token that belongs to no device of the inventory has a negative number.
 */
export type RegistrationNumber = number;

export type PushChannel = 'device' | 'user';

export const registrationOf = (device: DeviceRef, channel: PushChannel = 'device'): RegistrationNumber =>
  device * 2 + (channel === 'user' ? 1 : 0);

/** Undefined for a token without a device. */
export const deviceOf = (registration: RegistrationNumber): DeviceRef | undefined =>
  registration < 0 ? undefined : Math.floor(registration / 2);

/** What changes rarely: stored only for the registrations that changed. */
export interface RegistrationRecord {
  /** Set by a registration; the device's own if undefined. */
  token: string | undefined;
  magic: string | undefined;
  topic: string | undefined;
  /** Virtual time, milliseconds since the epoch. */
  unregisteredAt: number | undefined;
  online: boolean;
  stored: StoredPush | undefined;
}

/** A token that is no longer in use. */
export interface FormerToken {
  readonly registration: RegistrationNumber;
  readonly topic: string;
  readonly endedAt: number;
}

/** An accepted push. Plain data. */
export interface Push {
  readonly apnsId: string;
  readonly topic: string;
  readonly payload: string;
  /** Virtual time of its arrival, milliseconds since the epoch. */
  readonly at: number;
}

/** A push that waits for its device. */
export interface StoredPush extends Push {
  /** Virtual time at which it expires. */
  readonly expiresAt: number;
  /** Whether the device acts on it: the PushMagic is its own. */
  readonly wakes: boolean;
}

/**
 * What happened to a push, in the words of Apple's console:
 * https://developer.apple.com/documentation/usernotifications/viewing-the-status-of-push-notifications-using-metrics-and-apns
 */
export type PushFate = 'delivered' | 'stored' | 'discarded';

export type DiscardReason =
  /** A newer push replaced it. */
  | 'overwritten'
  /** It expired before the device came online. */
  | 'expired'
  /** The token was replaced before the device came online. */
  | 'unregistered'
  /** `apns-expiration: 0`, and the device was offline. */
  | 'not_stored';
