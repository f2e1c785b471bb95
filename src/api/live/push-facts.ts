import type { Organization } from '../../organization/organization.ts';
import type { NewestPush } from '../../organization/push/newest-pushes.ts';
import type { RegistrationNumber, StoredPush } from '../../organization/push/registration.ts';
import type { LastPush, PushFacts } from '../device.ts';
import { shownInstant } from '../instants.ts';

/** How pushes reach a device, and what became of the newest. */
export function pushFactsOf(
  { push: { registrations, newest }, runtime }: Organization,
  registration: RegistrationNumber,
): PushFacts {
  const kept = registrations.record(registration);
  const last = lastOf(newest.of(registration), kept?.stored, runtime.clock.now());
  return {
    push_token: registrations.token(registration) ?? null,
    push_magic: registrations.magic(registration) ?? null,
    push_topic: registrations.topic(registration),
    online: registrations.isOnline(registration),
    ...(kept?.unregisteredAt === undefined ? {} : { unregistered_at: shownInstant(kept.unregisteredAt) }),
    ...(last === undefined ? {} : { last_push: last }),
  };
}

function lastOf(
  newest: NewestPush | undefined,
  stored: StoredPush | undefined,
  now: number,
): LastPush | undefined {
  if (newest?.fate === undefined) return undefined;
  const expired = stored !== undefined && stored.expiresAt <= now;
  return {
    apns_id: newest.apnsId ?? '',
    at: shownInstant(newest.at),
    state: expired ? 'discarded' : newest.fate,
    ...(expired ? { reason: 'expired' } : newest.reason === undefined ? {} : { reason: newest.reason }),
    ...(newest.fate === 'delivered' ? { woke_device: newest.woke } : {}),
    ...(stored === undefined || expired ? {} : { expires_at: shownInstant(stored.expiresAt) }),
  };
}
