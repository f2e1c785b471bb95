import { area, type Reducers } from '../area.ts';
import { PUSH_ACTIONS } from './actions.ts';
import type { PushChange } from './change.ts';
import type { ChannelReader, Channels } from './channel.ts';
import { createPushState } from './initial-state.ts';
import { PUSH_MEMBERS } from './members.ts';
import type { NewestPushes, NewestPushReader } from './newest-pushes.ts';
import type { PushKey } from './push-key.ts';
import type { PushTokens } from './push-tokens.ts';
import type { DiscardReason, Push, PushFate, RegistrationNumber } from './registration.ts';
import type { PushRateReader, PushRates } from './registration-rows.ts';
import type { RegistrationReader, Registrations } from './registrations.ts';

/** What happened to all pushes together. */
export interface PushCounts {
  accepted: number;
  delivered: number;
  deliveredFromStorage: number;
  stored: number;
  magicMismatches: number;
  readonly discarded: { [Reason in DiscardReason]: number };
}

/** The push service, as reducers write it. */
export interface PushState {
  /** The MDM topic: `com.apple.mgmt.External.` and a UUID. */
  readonly topic: string;
  readonly teamId: string;
  /** Generated push tokens of all devices. */
  readonly tokens: PushTokens;
  readonly registrations: Registrations;
  readonly newest: NewestPushes;
  readonly rates: PushRates;
  readonly keys: Map<string, PushKey>;
  readonly revokedCertificates: Set<string>;
  readonly revokedTopics: Set<string>;
  readonly channels: Channels;
  readonly counts: PushCounts;
  /** Position of the source of generated ids. */
  ids: readonly number[];
}

/** The same for everything but reducers. */
export interface PushReader extends Readonly<Pick<PushState, 'topic' | 'teamId' | 'tokens' | 'ids'>> {
  readonly registrations: RegistrationReader;
  readonly newest: NewestPushReader;
  readonly rates: PushRateReader;
  readonly keys: ReadonlyMap<string, PushKey>;
  readonly revokedCertificates: ReadonlySet<string>;
  readonly revokedTopics: ReadonlySet<string>;
  readonly channels: ChannelReader;
  readonly counts: Readonly<Omit<PushCounts, 'discarded'>> & {
    readonly discarded: Readonly<PushCounts['discarded']>;
  };
}

function note(
  { newest }: PushState,
  registration: RegistrationNumber,
  { apnsId, at }: Push,
  fate: PushFate,
  { reason, woke = false }: { readonly reason?: DiscardReason; readonly woke?: boolean } = {},
): void {
  newest.write(registration, { apnsId, at, fate, reason, woke });
}

const reducers: Reducers<PushChange, PushState> = {
  push_registered: ({ state, at }, { registration, token, magic, topic }) => {
    state.registrations.give(registration, token, at);
    const record = state.registrations.touch(registration);
    record.unregisteredAt = undefined;
    if (magic !== undefined) record.magic = magic;
    if (topic !== undefined) record.topic = topic;
  },
  push_unregistered: ({ state, at }, { registration }) => {
    const record = state.registrations.touch(registration);
    record.unregisteredAt = at;
  },
  push_presence: ({ state }, { registration, online }) => {
    state.registrations.touch(registration).online = online;
  },
  push_delivered: ({ state }, { registration, push, wakes, fromStorage }) => {
    if (fromStorage) {
      state.registrations.touch(registration).stored = undefined;
      state.counts.deliveredFromStorage += 1;
    } else state.counts.accepted += 1;
    state.counts.delivered += 1;
    if (!wakes) state.counts.magicMismatches += 1;
    note(state, registration, push, 'delivered', { woke: wakes });
  },
  push_returned: ({ state }, { registration, push, fromStorage }) => {
    state.registrations.touch(registration).stored = push;
    state.counts.delivered -= 1;
    if (fromStorage) state.counts.deliveredFromStorage -= 1;
    else state.counts.stored += 1;
    note(state, registration, push, 'stored');
  },
  push_stored: ({ state }, { registration, push }) => {
    state.registrations.touch(registration).stored = push;
    state.counts.accepted += 1;
    state.counts.stored += 1;
    note(state, registration, push, 'stored');
  },
  push_discarded: ({ state }, { registration, push, reason }) => {
    if (reason === 'not_stored') state.counts.accepted += 1;
    else state.registrations.touch(registration).stored = undefined;
    state.counts.discarded[reason] += 1;
    note(state, registration, push, 'discarded', { reason });
  },
  push_counted: ({ state, at }, { registration }) => {
    state.rates.count(registration, at);
  },
  push_key_issued: ({ state }, { key }) => {
    state.keys.set(key.keyId, key);
  },
  push_key_revoked: ({ state }, { keyId }) => {
    const key = state.keys.get(keyId);
    if (key !== undefined) state.keys.set(keyId, { ...key, revoked: true });
  },
  push_certificate_revoked: ({ state }, { fingerprint, topic }) => {
    if (fingerprint !== undefined) state.revokedCertificates.add(fingerprint);
    if (topic !== undefined) state.revokedTopics.add(topic);
  },
  channel_created: ({ state }, { home, channel }) => state.channels.add(home, channel),
  channel_deleted: ({ state }, { home, id }) => state.channels.delete(home, id),
  broadcast_sent: ({ state }, { home, id }) => state.channels.countBroadcast(home, id),
  push_ids_drawn: ({ state }, { position }) => {
    state.ids = position;
  },
};

/** Push tokens, keys, certificates, stored pushes and broadcast channels. */
export const pushArea = area<PushState, PushChange, PushReader>({
  name: 'push',
  members: PUSH_MEMBERS,
  initialize: createPushState,
  reducers,
  actions: PUSH_ACTIONS,
});
