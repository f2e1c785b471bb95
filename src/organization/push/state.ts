import type { Random } from '../../core/random.ts';
import type { Channels } from './channel.ts';
import type { NewestPushes } from './newest-pushes.ts';
import type { DiscardReason } from './push.ts';
import type { PushKey } from './push-key.ts';
import type { PushRates } from './push-rates.ts';
import type { RegistrationReader, Registrations } from './registrations.ts';

/** What became of all pushes together. */
export interface PushCounts {
  accepted: number;
  delivered: number;
  deliveredFromStorage: number;
  stored: number;
  magicMismatches: number;
  readonly discarded: { [Reason in DiscardReason]: number };
}

/** What the push service knows about an organization. Written by the appliers in this folder alone. */
export interface PushState {
  /** The MDM topic: `com.apple.mgmt.External.` and a UUID. */
  readonly topic: string;
  readonly teamId: string;
  readonly registrations: Registrations;
  readonly newest: NewestPushes;
  readonly rates: PushRates;
  readonly keys: Map<string, PushKey>;
  readonly revokedCertificates: Set<string>;
  readonly revokedTopics: Set<string>;
  readonly channels: Channels;
  readonly counts: PushCounts;
  /** Where generated ids of pushes, requests and channels come from. */
  readonly ids: Random;
}

/** The same, for everybody else. */
export interface PushReader {
  readonly topic: string;
  readonly teamId: string;
  readonly registrations: RegistrationReader;
  readonly newest: Omit<NewestPushes, 'write' | 'restore'>;
  readonly rates: Omit<PushRates, 'write' | 'count' | 'restore'>;
  readonly keys: ReadonlyMap<string, PushKey>;
  readonly revokedCertificates: ReadonlySet<string>;
  readonly revokedTopics: ReadonlySet<string>;
  readonly channels: Omit<Channels, 'add' | 'delete' | 'countBroadcast' | 'restore'>;
  readonly counts: Readonly<PushCounts>;
  readonly ids: Random;
}
