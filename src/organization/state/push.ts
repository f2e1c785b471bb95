import type { InventoryReader } from '../inventory/inventory.ts';
import type { RegistrationRecord } from '../push/registration.ts';
import { restorePush } from '../push/saved.ts';
import type { PushReader, PushState } from '../push/state.ts';
import { nameOfRegistration, registrationNamed } from './names.ts';
import type { PushTold, RegistrationTold } from './state.ts';

/** All that the push service knows beyond its beginning, in the words of a file. */
export function tellPush(state: PushReader, inventory: InventoryReader): PushTold {
  const { records, given, former, bare } = state.registrations.save();
  const nameOf = (registration: number) => nameOfRegistration(inventory, registration);
  return {
    registrations: records.map(([registration, { lastAt, countedFrom, ...record }]) => ({
      of: nameOf(registration),
      ...record,
      lastAt: lastAt || undefined,
      countedFrom: countedFrom || undefined,
    })),
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
  const homes = new Map<string, Omit<(typeof channels)[number], 'home'>[]>();
  for (const { home, ...channel } of channels) homes.set(home, [...(homes.get(home) ?? []), channel]);
  if (told.keys !== undefined) state.keys.clear();
  restorePush(state, {
    registrations: {
      records: registrations.map(({ of, ...record }, index) => {
        const registration = registrationNamed(inventory, of, ['registrations', index, 'of']);
        return [registration, { ...UNTOUCHED, ...said(record) }];
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
    keys: told.keys ?? [],
    revokedCertificates: told.revokedCertificates ?? [],
    revokedTopics: told.revokedTopics ?? [],
    channels: [...homes],
    counts: told.counts ?? state.counts,
    ids: told.ids ?? state.ids.position(),
  });
}

const said = (record: Omit<RegistrationTold, 'of'>): Pick<RegistrationRecord, 'online'> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never;

const UNTOUCHED: Omit<RegistrationRecord, 'online'> = {
  token: undefined,
  magic: undefined,
  topic: undefined,
  unregisteredAt: undefined,
  stored: undefined,
  lastId: undefined,
  lastAt: 0,
  lastFate: undefined,
  lastReason: undefined,
  lastWoke: false,
  countedFrom: 0,
  counted: 0,
};
