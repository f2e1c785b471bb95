import {
  about,
  anyText,
  choice,
  count,
  fixed,
  flag,
  index,
  instant,
  list,
  type Members,
  optional,
  pairs,
  position,
  record,
  registration,
  section,
  set,
  store,
  text,
  textLike,
} from '../members.ts';
import type { PushCounts, PushState } from './area.ts';
import type { BroadcastChannel, SavedChannels } from './channel.ts';
import type { SavedNewestPushes } from './newest-pushes.ts';
import { type PublicJwk, type PushKey, pemOf } from './push-key.ts';
import type {
  DiscardReason,
  FormerToken,
  PushFate,
  RegistrationNumber,
  RegistrationRecord,
  StoredPush,
} from './registration.ts';
import type { SavedRows } from './registration-rows.ts';
import type { SavedRegistrations } from './registrations.ts';

const pushToken = textLike(
  /^(?:[0-9a-f]{2}){1,512}$/i,
  'a push token is written in hexadecimal, two digits for a byte',
);
const pushTopic = textLike(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/,
  'a topic looks like com.apple.mgmt.External.… or a bundle id',
);

const REASONS = ['overwritten', 'expired', 'unregistered', 'not_stored'] as const satisfies DiscardReason[];

type Optional<Value> = { readonly [Name in keyof Value]?: Value[Name] | undefined };

/** What a file says of a registration, from the records, the newest pushes and the rates. */
interface WrittenRegistration
  extends Optional<Omit<RegistrationRecord, 'online'>>,
    Optional<{
      readonly lastId: string;
      readonly lastAt: number;
      readonly lastFate: PushFate;
      readonly lastReason: DiscardReason;
      readonly lastWoke: boolean;
      readonly countedFrom: number;
      readonly counted: number;
    }> {
  readonly of: RegistrationNumber;
  readonly online: boolean;
}

interface WrittenRegistrations {
  readonly registrations: readonly WrittenRegistration[];
  readonly tokens: ReadonlyMap<string, RegistrationNumber>;
  readonly formerTokens: readonly (Omit<FormerToken, 'registration'> & {
    readonly token: string;
    readonly of: RegistrationNumber;
  })[];
  readonly tokensOfNoDevice: number;
}

const storedPush = record({
  apnsId: text,
  topic: text,
  payload: anyText,
  at: instant,
  expiresAt: instant,
  wakes: about("whether the PushMagic is the device's", flag),
} satisfies Members<StoredPush>);

const registrations = store<PushState, SavedRegistrations, WrittenRegistrations>({
  members: {
    registrations: about(
      'registrations that changed, each with its newest push',
      list(
        record({
          of: registration,
          online: flag,
          token: optional(pushToken),
          magic: optional(text),
          topic: optional(pushTopic),
          unregisteredAt: optional(instant),
          stored: about('the push that waits for the device', optional(storedPush)),
          lastId: about('apns-id of the newest push', optional(text)),
          lastAt: optional(instant),
          lastFate: optional(choice(['delivered', 'stored', 'discarded'])),
          lastReason: optional(choice(REASONS)),
          lastWoke: optional(flag),
          countedFrom: about('start of the minute of `counted`', optional(instant)),
          counted: optional(count),
        } satisfies Members<WrittenRegistration>),
      ),
    ),
    tokens: about('push tokens from registrations, and their owners', pairs(pushToken, registration)),
    formerTokens: about(
      'push tokens that are no longer in use: 410',
      list(record({ token: pushToken, of: registration, topic: text, endedAt: instant })),
    ),
    tokensOfNoDevice: count,
  },
  save: (state) => state.registrations.save(),
  restore: (state, saved) => state.registrations.restore(saved),
  write(state) {
    const { given, former, bare } = state.registrations.save();
    return {
      registrations: changedRegistrations(state).map((each) => writtenRegistration(state, each)),
      tokens: new Map(given),
      formerTokens: former.map(([token, { registration: of, topic, endedAt }]) => ({
        token,
        of,
        topic,
        endedAt,
      })),
      tokensOfNoDevice: bare,
    };
  },
  read(state, { registrations: written = [], tokens, formerTokens = [], tokensOfNoDevice: bare }) {
    for (const each of written) readRegistration(state, each);
    state.registrations.restore({
      given: [...(tokens ?? [])].map(([token, of]) => [token.toLowerCase(), of]),
      former: formerTokens.map(({ token, of, ...former }) => [
        token.toLowerCase(),
        { ...former, registration: of },
      ]),
      ...(bare === undefined ? {} : { bare }),
    });
  },
});

/** Those of devices in the order of the inventory, then those without a device as they were added. */
const inOrder = (one: RegistrationNumber, other: RegistrationNumber): number =>
  one < 0 === other < 0 ? Math.abs(one) - Math.abs(other) : other - one;

function changedRegistrations(state: PushState): readonly RegistrationNumber[] {
  const { registrations: all, newest, rates } = state;
  return [...new Set([...all.recorded(), ...newest.registrations(), ...rates.registrations()])].sort(inOrder);
}

function writtenRegistration(state: PushState, of: RegistrationNumber): WrittenRegistration {
  const push = state.newest.of(of);
  const rate = state.rates.of(of);
  return {
    of,
    online: state.registrations.isOnline(of),
    ...state.registrations.record(of),
    lastId: push?.apnsId,
    lastAt: push?.at || undefined,
    lastFate: push?.fate,
    lastReason: push?.reason,
    lastWoke: push?.woke ?? false,
    countedFrom: rate?.countedFrom || undefined,
    counted: rate?.counted ?? 0,
  };
}

/** A registration that only had pushes needs no record. */
function readRegistration(state: PushState, written: WrittenRegistration): void {
  const { of, online, token, magic, topic, unregisteredAt, stored } = written;
  const { lastId, lastAt, lastFate, lastReason, lastWoke = false, countedFrom, counted = 0 } = written;
  const pushed = [lastId, lastAt, lastFate, lastReason].some((value) => value !== undefined) || lastWoke;
  if (pushed) {
    const at = lastAt ?? 0;
    state.newest.write(of, { apnsId: lastId, at, fate: lastFate, reason: lastReason, woke: lastWoke });
  }
  if (countedFrom !== undefined || counted > 0) {
    state.rates.write(of, { countedFrom: countedFrom ?? 0, counted });
  }
  const isInitial =
    online === state.registrations.isOnline(of) &&
    [token, magic, topic, unregisteredAt, stored].every((value) => value === undefined);
  if (pushed && isInitial) return;
  state.registrations.restore({ records: [[of, { token, magic, topic, unregisteredAt, online, stored }]] });
}

const newest = store<PushState, SavedNewestPushes, object>({
  members: {},
  save: (state) => state.newest.save(),
  restore: (state, saved) => state.newest.restore(saved),
  write: () => ({}),
  read: () => {},
});

const rates = store<PushState, SavedRows, object>({
  members: {},
  save: (state) => state.rates.save(),
  restore: (state, saved) => state.rates.restore(saved),
  write: () => ({}),
  read: () => {},
});

const key = record({
  keyId: text,
  teamId: text,
  environment: choice(['production', 'sandbox', 'both']),
  topics: optional(list(pushTopic)),
  relatedKey: optional(text),
  publicKey: optional(section<PublicJwk>('public_key', pemOf)),
  revoked: flag,
} satisfies Members<PushKey>);

interface WrittenChannels {
  readonly channels: readonly (Readonly<BroadcastChannel> & { readonly home: string })[];
}

const channels = store<PushState, SavedChannels, WrittenChannels>({
  members: {
    channels: list(
      record({
        home: about(
          'environment and bundle id',
          textLike(/^(?:production|sandbox) \S+$/, 'a home is an environment and a bundle id'),
        ),
        id: text,
        storagePolicy: choice([0, 1]),
        pushType: text,
        broadcasts: count,
      }),
    ),
  },
  save: (state) => state.channels.save(),
  restore: (state, saved) => state.channels.restore(saved),
  write: (state) => ({
    channels: state.channels.save().flatMap(([home, all]) => all.map((channel) => ({ home, ...channel }))),
  }),
  read(state, { channels: written = [] }) {
    const homes = new Map<string, BroadcastChannel[]>();
    for (const { home, ...channel } of written) homes.set(home, [...(homes.get(home) ?? []), channel]);
    state.channels.restore([...homes]);
  },
});

const counts = record({
  accepted: count,
  delivered: count,
  deliveredFromStorage: count,
  stored: count,
  magicMismatches: count,
  discarded: record({ overwritten: count, expired: count, unregistered: count, not_stored: count }),
} satisfies Members<PushCounts>);

export const PUSH_MEMBERS: Members<PushState> = {
  topic: fixed,
  teamId: fixed,
  tokens: fixed,
  registrations,
  newest,
  rates,
  keys: index('keyId', key),
  revokedCertificates: set(text),
  revokedTopics: set(text),
  channels,
  counts,
  ids: about('position of the source of generated ids', position),
};
