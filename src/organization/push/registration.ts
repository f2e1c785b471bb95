import type { DeviceRef } from '../device-ref.ts';
import type { StoredPush } from './push.ts';

/**
 * Who a push token belongs to, as a number: the channel of a device, or of its user (macOS has both), is twice its
 * reference and one more for the user; a token that stands for no device of the inventory has a negative number.
 */
export type RegistrationNumber = number;

export type PushChannel = 'device' | 'user';

export const registrationOf = (device: DeviceRef, channel: PushChannel = 'device'): RegistrationNumber =>
  device * 2 + (channel === 'user' ? 1 : 0);

/** Undefined for a token of no device. */
export const deviceOf = (registration: RegistrationNumber): DeviceRef | undefined =>
  registration < 0 ? undefined : Math.floor(registration / 2);

/** What seldom happens to a registration: kept of those to which it did. */
export interface RegistrationRecord {
  /** Given at a registration; otherwise the device's own. */
  token: string | undefined;
  magic: string | undefined;
  topic: string | undefined;
  /** Virtual time, milliseconds since the epoch. */
  unregisteredAt: number | undefined;
  online: boolean;
  stored: StoredPush | undefined;
}

/** A token that was in use once. */
export interface FormerToken {
  readonly registration: RegistrationNumber;
  readonly topic: string;
  readonly endedAt: number;
}
