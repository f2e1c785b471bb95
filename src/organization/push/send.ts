import { type Random, randomAt } from '../../core/random.ts';
import type { Organization } from '../organization.ts';
import type { PushChange } from './change.ts';
import type { Push, RegistrationNumber } from './registration.ts';

/** How a push is stored while its device is offline. */
export interface PushStorage {
  /** Virtual time at which it expires; undefined: it is never stored. */
  readonly expiresAt: number | undefined;
  readonly wakes: boolean;
}

/**
 * Delivers a push to its device, or stores it: one for each registration, the newest wins.
 * https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
 */
export function sendPush(
  organization: Organization,
  registration: RegistrationNumber,
  push: Push,
  { expiresAt, wakes }: PushStorage,
): void {
  const { registrations } = organization.push;
  if (registrations.isOnline(registration)) {
    organization.apply({ type: 'push_delivered', registration, push, wakes, fromStorage: false, expiresAt });
    return;
  }
  if (expiresAt === undefined || expiresAt <= push.at) {
    organization.apply({ type: 'push_discarded', registration, push, reason: 'not_stored' });
    return;
  }
  for (const change of dropping(organization, registration, 'overwritten')) organization.apply(change);
  organization.apply({ type: 'push_stored', registration, push: { ...push, expiresAt, wakes } });
}

/** Discards a stored push. The reason is `expired` if it expired before. */
export function dropping(
  organization: Organization,
  registration: RegistrationNumber,
  reason: 'overwritten' | 'unregistered',
): readonly PushChange[] {
  const stored = organization.push.registrations.record(registration)?.stored;
  if (stored === undefined) return [];
  const expired = stored.expiresAt <= organization.runtime.clock.now();
  return [{ type: 'push_discarded', registration, push: stored, reason: expired ? 'expired' : reason }];
}

/** A device goes online or offline. Online, it gets its stored push. */
export function presenceChanges(
  organization: Organization,
  registration: RegistrationNumber,
  online: boolean,
): readonly PushChange[] {
  const { registrations } = organization.push;
  if (registrations.isOnline(registration) === online) return [];
  const changes: PushChange[] = [{ type: 'push_presence', registration, online }];
  const stored = registrations.record(registration)?.stored;
  if (!online || stored === undefined) return changes;
  const push: Push = {
    apnsId: stored.apnsId,
    topic: stored.topic,
    payload: stored.payload,
    at: stored.at,
  };
  if (stored.expiresAt <= organization.runtime.clock.now()) {
    changes.push({ type: 'push_discarded', registration, push, reason: 'expired' });
  } else {
    const { wakes, expiresAt } = stored;
    changes.push({ type: 'push_delivered', registration, push, wakes, fromStorage: true, expiresAt });
  }
  return changes;
}

/** A push whose connection closed before the device received it is stored, as if the device had been offline. */
export function returnChanges(
  organization: Organization,
  { registration, push, fromStorage, expiresAt }: Delivery,
): readonly PushChange[] {
  const { newest, registrations } = organization.push;
  // The organization may have been reset since.
  if (newest.of(registration) === undefined) return [];
  const record = registrations.record(registration);
  // A newer stored push wakes the device too, and an unregistered device gets none.
  if (record?.stored !== undefined || record?.unregisteredAt !== undefined) return [];
  if (expiresAt === undefined || expiresAt <= organization.runtime.clock.now()) return [];
  return [{ type: 'push_returned', registration, push: { ...push, expiresAt, wakes: true }, fromStorage }];
}

/** Draws from the source of generated push ids. */
export function drawPushIds<Result>(organization: Organization, draw: (random: Random) => Result): Result {
  const random = randomAt(organization.push.ids);
  const result = draw(random);
  organization.apply({ type: 'push_ids_drawn', position: random.position() });
  return result;
}

export interface Delivery {
  readonly registration: RegistrationNumber;
  readonly push: Push;
  readonly fromStorage: boolean;
  /** Virtual time at which it expires; undefined: it is never stored. */
  readonly expiresAt: number | undefined;
}

export type DeliveryListener = (delivery: Delivery) => void;

/** Listeners for pushes that reach a device and wake it. */
export class Deliveries {
  readonly #listeners = new Map<RegistrationNumber, Set<DeliveryListener>>();
  readonly #everywhere = new Set<DeliveryListener>();

  /** @returns a function that stops listening */
  listen(registration: RegistrationNumber, listener: DeliveryListener): () => void {
    const listeners = this.#listeners.get(registration);
    if (listeners === undefined) this.#listeners.set(registration, new Set([listener]));
    else listeners.add(listener);
    return () => {
      const rest = this.#listeners.get(registration);
      rest?.delete(listener);
      if (rest?.size === 0) this.#listeners.delete(registration);
    };
  }

  /** Listens to the pushes of every device. @returns a function that stops listening */
  listenToAll(listener: DeliveryListener): () => void {
    this.#everywhere.add(listener);
    return () => this.#everywhere.delete(listener);
  }

  notify(delivery: Delivery): void {
    for (const listener of this.#everywhere) listener(delivery);
    for (const listener of this.#listeners.get(delivery.registration) ?? []) listener(delivery);
  }
}
