import type { Appliers, Change } from '../change.ts';
import type { PushChange } from './change.ts';
import type { DiscardReason, Push, PushFate } from './push.ts';
import type { RegistrationNumber } from './registration.ts';
import { restorePush } from './saved.ts';
import type { PushState } from './state.ts';

export interface ApplyingPush {
  readonly state: PushState;
  /** Virtual time of the change. */
  readonly at: number;
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

const APPLIERS: Appliers<PushChange, ApplyingPush> = {
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
  push_restored: ({ state }, { saved }) => restorePush(state, saved),
};

export const isPushChange = (change: Change): change is PushChange => Object.hasOwn(APPLIERS, change.type);

/** The one way in which the state of the push service alters. */
export function applyPushChange(applying: ApplyingPush, change: PushChange): void {
  (APPLIERS[change.type] as (applying: ApplyingPush, change: PushChange) => void)(applying, change);
}
