import type { Organization } from '../organization.ts';
import type { PushChange } from './change.ts';
import type { Delivery } from './deliveries.ts';
import type { Push } from './push.ts';
import type { RegistrationNumber } from './registration.ts';

/** How a push is to be kept where its device is absent. */
export interface Keeping {
  /** Virtual time from which it is worth nothing; undefined: it is never stored. */
  readonly expiresAt: number | undefined;
  readonly wakes: boolean;
}

/**
 * Hands a push to its device, or keeps it: one for each registration, the newest wins.
 * https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
 */
export function sendPush(
  organization: Organization,
  registration: RegistrationNumber,
  push: Push,
  { expiresAt, wakes }: Keeping,
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

/** The end of a push that waits; it has expired if its time was over before. */
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

/** A device comes or goes; with its coming it gets what waits for it. */
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

/** What a connection was given and ended before its device took it is stored as if the device had not been there. */
export function returnChanges(
  organization: Organization,
  { registration, push, fromStorage, expiresAt }: Delivery,
): readonly PushChange[] {
  const { newest, registrations } = organization.push;
  // The organization may have begun anew since.
  if (newest.of(registration) === undefined) return [];
  const record = registrations.record(registration);
  // A newer one that waits says the same, and a device that is gone asks no more.
  if (record?.stored !== undefined || record?.unregisteredAt !== undefined) return [];
  if (expiresAt === undefined || expiresAt <= organization.runtime.clock.now()) return [];
  return [{ type: 'push_returned', registration, push: { ...push, expiresAt, wakes: true }, fromStorage }];
}
