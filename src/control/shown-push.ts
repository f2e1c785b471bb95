import type { Organization } from '../organization/organization.ts';
import type { RegistrationNumber, RegistrationRecord } from '../organization/push/registration.ts';
import { shownInstant } from './instants.ts';
import { flag, record, type Schema, text, textOrNull } from './schema.ts';

/** How pushes reach a device, and what became of the newest. */
export function shownPush(
  { push: { registrations }, runtime }: Organization,
  registration: RegistrationNumber,
): Record<string, unknown> {
  const kept = registrations.record(registration);
  return {
    push_token: registrations.token(registration) ?? null,
    push_magic: registrations.magic(registration) ?? null,
    push_topic: registrations.topic(registration),
    online: registrations.isOnline(registration),
    ...(kept?.unregisteredAt === undefined ? {} : { unregistered_at: shownInstant(kept.unregisteredAt) }),
    ...(kept?.lastFate === undefined ? {} : { last_push: shownLast(kept, runtime.clock.now()) }),
  };
}

function shownLast(kept: Readonly<RegistrationRecord>, now: number): Record<string, unknown> {
  const expired = kept.stored !== undefined && kept.stored.expiresAt <= now;
  return {
    apns_id: kept.lastId,
    at: shownInstant(kept.lastAt),
    state: expired ? 'discarded' : kept.lastFate,
    ...(expired ? { reason: 'expired' } : kept.lastReason === undefined ? {} : { reason: kept.lastReason }),
    ...(kept.lastFate === 'delivered' ? { woke_device: kept.lastWoke } : {}),
    ...(kept.stored === undefined || expired ? {} : { expires_at: shownInstant(kept.stored.expiresAt) }),
  };
}

export const PUSH_SCHEMA: Readonly<Record<string, Schema>> = {
  push_token: textOrNull('hexadecimal'),
  push_magic: textOrNull(),
  push_topic: text(),
  online: flag('pushes reach it; otherwise the newest is stored'),
  'unregistered_at?': textOrNull('since when its token is answered 410'),
  'last_push?': record({
    apns_id: text(),
    at: textOrNull(),
    state: text('delivered, stored or discarded'),
    'reason?': text('why it was discarded'),
    'woke_device?': flag('false where the PushMagic was not that of the device'),
    'expires_at?': textOrNull('of a stored push'),
  }),
};
