import type { InventoryReader } from '../inventory/inventory.ts';
import { NewestPushes } from '../push/newest-pushes.ts';
import { PushRates } from '../push/push-rates.ts';
import type { RegistrationNumber, RegistrationRecord } from '../push/registration.ts';
import { restorePush } from '../push/saved.ts';
import type { PushReader, PushState } from '../push/state.ts';
import { nameOfRegistration, registrationNamed } from './names.ts';
import { settleRegistration, tellRegistrations } from './registrations.ts';
import type { PushTold } from './state.ts';

/** All that the push service knows beyond its beginning, in the words of a file. */
export function tellPush(state: PushReader, inventory: InventoryReader): PushTold {
  const { given, former, bare } = state.registrations.save();
  const nameOf = (registration: number) => nameOfRegistration(inventory, registration);
  return {
    registrations: tellRegistrations(state, nameOf),
    tokens: given.map(([token, registration]) => [token, nameOf(registration)]),
    formerTokens: former.map(([token, { registration, ...formerly }]) => ({
      token,
      of: nameOf(registration),
      ...formerly,
    })),
    tokensOfNoDevice: bare,
    keys: [...state.keys.values()],
    revokedCertificates: [...state.revokedCertificates],
    revokedTopics: [...state.revokedTopics],
    channels: state.channels
      .save()
      .flatMap(([home, channels]) => channels.map((channel) => ({ home, ...channel }))),
    counts: state.counts,
    ids: state.ids.position(),
  };
}

/** Makes a state that is at its beginning what is told. @throws StateError */
export function settlePush(state: PushState, told: PushTold, inventory: InventoryReader): void {
  const { registrations = [], tokens = [], formerTokens = [], channels = [] } = told;
  const newest = new NewestPushes();
  const rates = new PushRates();
  const beginning = { registrations: state.registrations, newest, rates };
  const homes = new Map<string, Omit<(typeof channels)[number], 'home'>[]>();
  for (const { home, ...channel } of channels) homes.set(home, [...(homes.get(home) ?? []), channel]);
  if (told.keys !== undefined) state.keys.clear();
  restorePush(state, {
    registrations: {
      records: registrations.flatMap((entry, index): [RegistrationNumber, RegistrationRecord][] => {
        const registration = registrationNamed(inventory, entry.of, ['registrations', index, 'of']);
        const record = settleRegistration(beginning, registration, entry);
        return record === undefined ? [] : [[registration, record]];
      }),
      given: tokens.map(([token, of], index) => [
        token.toLowerCase(),
        registrationNamed(inventory, of, ['tokens', index, 1]),
      ]),
      former: formerTokens.map(({ token, of, ...formerly }, index) => [
        token.toLowerCase(),
        { ...formerly, registration: registrationNamed(inventory, of, ['former_tokens', index, 'of']) },
      ]),
      bare: told.tokensOfNoDevice ?? 0,
    },
    newest: newest.save(),
    rates: rates.save(),
    keys: told.keys ?? [],
    revokedCertificates: told.revokedCertificates ?? [],
    revokedTopics: told.revokedTopics ?? [],
    channels: [...homes],
    counts: told.counts ?? state.counts,
    ids: told.ids ?? state.ids.position(),
  });
}
