import type { Organization } from '../../organization/organization.ts';
import type { RegistrationNumber, RegistrationRecord } from '../../organization/push/registration.ts';
import type { LastPush, PushFacts } from '../device.ts';
import { shownInstant } from '../instants.ts';

/** How pushes reach a device, and what became of the newest. */
export function pushFactsOf(
  { push: { registrations }, runtime }: Organization,
  registration: RegistrationNumber,
): PushFacts {
  const kept = registrations.record(registration);
  const last = kept === undefined ? undefined : lastOf(kept, runtime.clock.now());
  return {
    push_token: registrations.token(registration) ?? null,
    push_magic: registrations.magic(registration) ?? null,
    push_topic: registrations.topic(registration),
    online: registrations.isOnline(registration),
    ...(kept?.unregisteredAt === undefined ? {} : { unregistered_at: shownInstant(kept.unregisteredAt) }),
    ...(last === undefined ? {} : { last_push: last }),
  };
}

function lastOf(kept: Readonly<RegistrationRecord>, now: number): LastPush | undefined {
  if (kept.lastFate === undefined) return undefined;
  const expired = kept.stored !== undefined && kept.stored.expiresAt <= now;
  return {
    apns_id: kept.lastId ?? '',
    at: shownInstant(kept.lastAt),
    state: expired ? 'discarded' : kept.lastFate,
    ...(expired ? { reason: 'expired' } : kept.lastReason === undefined ? {} : { reason: kept.lastReason }),
    ...(kept.lastFate === 'delivered' ? { woke_device: kept.lastWoke } : {}),
    ...(kept.stored === undefined || expired ? {} : { expires_at: shownInstant(kept.stored.expiresAt) }),
  };
}
