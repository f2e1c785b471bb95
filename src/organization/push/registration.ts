import type { DeviceRef } from '../device-ref.ts';
import type { DiscardReason, PushFate, StoredPush } from './push.ts';

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

/** What is kept of a registration that something happened to. */
export interface RegistrationRecord {
  /** Given at a registration; otherwise the device's own. */
  token: string | undefined;
  magic: string | undefined;
  topic: string | undefined;
  /** Virtual time, milliseconds since the epoch. */
  unregisteredAt: number | undefined;
  online: boolean;
  stored: StoredPush | undefined;
  /** The newest push and what became of it. */
  lastId: string | undefined;
  lastAt: number;
  lastFate: PushFate | undefined;
  lastReason: DiscardReason | undefined;
  lastWoke: boolean;
  /** Pushes within the minute that began at `countedFrom`. */
  countedFrom: number;
  counted: number;
}

/** A token that was in use once. */
export interface FormerToken {
  readonly registration: RegistrationNumber;
  readonly topic: string;
  readonly endedAt: number;
}
