import type { NewestPushes } from '../push/newest-pushes.ts';
import type { PushRates } from '../push/push-rates.ts';
import type { RegistrationNumber, RegistrationRecord } from '../push/registration.ts';
import type { RegistrationReader } from '../push/registrations.ts';
import type { PushReader } from '../push/state.ts';
import type { RegistrationTold } from './state.ts';

/** Those of devices in the order of the inventory, then those of no device as they came. */
const inOrder = (one: RegistrationNumber, other: RegistrationNumber): number =>
  one < 0 === other < 0 ? Math.abs(one) - Math.abs(other) : other - one;

/** All to which something happened: what is kept of each in several places is told in one. */
export function tellRegistrations(
  { registrations, newest, rates }: PushReader,
  nameOf: (registration: RegistrationNumber) => RegistrationTold['of'],
): readonly RegistrationTold[] {
  const touched = new Set([...registrations.recorded(), ...newest.registrations(), ...rates.registrations()]);
  return [...touched].sort(inOrder).map((registration) => {
    const push = newest.of(registration);
    const rate = rates.of(registration);
    return {
      of: nameOf(registration),
      online: registrations.isOnline(registration),
      ...registrations.record(registration),
      lastId: push?.apnsId,
      lastAt: push?.at || undefined,
      lastFate: push?.fate,
      lastReason: push?.reason,
      lastWoke: push?.woke ?? false,
      countedFrom: rate?.countedFrom || undefined,
      counted: rate?.counted ?? 0,
    };
  });
}

interface Settling {
  /** As they are at the beginning. */
  readonly registrations: RegistrationReader;
  readonly newest: NewestPushes;
  readonly rates: PushRates;
}

/** @returns what is to be kept beside; undefined for one that only had pushes and is otherwise as it began */
export function settleRegistration(
  { registrations, newest, rates }: Settling,
  registration: RegistrationNumber,
  told: RegistrationTold,
): RegistrationRecord | undefined {
  const { online, token, magic, topic, unregisteredAt, stored } = told;
  const { lastId, lastAt, lastFate, lastReason, lastWoke, countedFrom, counted } = told;
  const pushed = [lastId, lastAt, lastFate, lastReason].some((value) => value !== undefined) || lastWoke;
  if (pushed) {
    newest.write(registration, {
      apnsId: lastId,
      at: lastAt ?? 0,
      fate: lastFate,
      reason: lastReason,
      woke: lastWoke ?? false,
    });
  }
  if (countedFrom !== undefined || counted)
    rates.write(registration, { countedFrom: countedFrom ?? 0, counted: counted ?? 0 });
  const record = { token, magic, topic, unregisteredAt, online, stored };
  const asItBegan =
    online === registrations.isOnline(registration) &&
    [token, magic, topic, unregisteredAt, stored].every((value) => value === undefined);
  return pushed && asItBegan ? undefined : record;
}
