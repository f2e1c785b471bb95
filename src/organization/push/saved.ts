import type { SavedChannels } from './channel.ts';
import type { SavedNewestPushes } from './newest-pushes.ts';
import type { PushKey } from './push-key.ts';
import type { SavedRows } from './registration-rows.ts';
import type { SavedRegistrations } from './registrations.ts';
import type { PushCounts, PushState } from './state.ts';

/** All that the push service knows beyond its beginning. Plain data, which nobody writes to. */
export interface SavedPush {
  readonly registrations: SavedRegistrations;
  readonly newest: SavedNewestPushes;
  readonly rates: SavedRows;
  readonly keys: readonly PushKey[];
  readonly revokedCertificates: readonly string[];
  readonly revokedTopics: readonly string[];
  readonly channels: SavedChannels;
  readonly counts: Readonly<PushCounts>;
  /** Position of the ids that are generated. */
  readonly ids: readonly number[];
}

export function savePush(state: PushState): SavedPush {
  const { counts } = state;
  return {
    registrations: state.registrations.save(),
    newest: state.newest.save(),
    rates: state.rates.save(),
    keys: [...state.keys.values()],
    revokedCertificates: [...state.revokedCertificates],
    revokedTopics: [...state.revokedTopics],
    channels: state.channels.save(),
    counts: { ...counts, discarded: { ...counts.discarded } },
    ids: state.ids.position(),
  };
}

/** Makes a state that is at its beginning what was saved. */
export function restorePush(state: PushState, saved: SavedPush): void {
  state.registrations.restore(saved.registrations);
  state.newest.restore(saved.newest);
  state.rates.restore(saved.rates);
  for (const key of saved.keys) state.keys.set(key.keyId, key);
  for (const fingerprint of saved.revokedCertificates) state.revokedCertificates.add(fingerprint);
  for (const topic of saved.revokedTopics) state.revokedTopics.add(topic);
  state.channels.restore(saved.channels);
  const { discarded, ...counts } = saved.counts;
  Object.assign(state.counts, counts);
  Object.assign(state.counts.discarded, discarded);
  state.ids.moveTo(saved.ids);
}
