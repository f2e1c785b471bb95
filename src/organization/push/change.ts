import type { Channel, ChannelHome } from './channel.ts';
import type { PushKey } from './push-key.ts';
import type { DiscardReason, Push, RegistrationNumber, StoredPush } from './registration.ts';

/** Changes of push registrations, keys, certificates and channels. */
export type PushChange =
  /** A TokenUpdate. Members that are left out stay. A new token replaces the current one. */
  | {
      readonly type: 'push_registered';
      readonly registration: RegistrationNumber;
      readonly token: string;
      readonly magic?: string | undefined;
      readonly topic?: string | undefined;
    }
  | { readonly type: 'push_unregistered'; readonly registration: RegistrationNumber }
  | { readonly type: 'push_presence'; readonly registration: RegistrationNumber; readonly online: boolean }
  | {
      readonly type: 'push_delivered';
      readonly registration: RegistrationNumber;
      readonly push: Push;
      /** False if the device ignores it because the PushMagic is not its own. */
      readonly wakes: boolean;
      /** Whether it had been stored before. */
      readonly fromStorage: boolean;
      /** Virtual time at which it expires; undefined: it is never stored. */
      readonly expiresAt: number | undefined;
    }
  /** The connection that it was delivered on closed before the device received it: it waits for the next one. */
  | {
      readonly type: 'push_returned';
      readonly registration: RegistrationNumber;
      readonly push: StoredPush;
      /** Whether it had been stored before. */
      readonly fromStorage: boolean;
    }
  | {
      readonly type: 'push_stored';
      readonly registration: RegistrationNumber;
      readonly push: StoredPush;
    }
  | {
      readonly type: 'push_discarded';
      readonly registration: RegistrationNumber;
      readonly push: Push;
      readonly reason: DiscardReason;
    }
  | { readonly type: 'push_counted'; readonly registration: RegistrationNumber }
  | { readonly type: 'push_key_issued'; readonly key: PushKey }
  | { readonly type: 'push_key_revoked'; readonly keyId: string }
  /** One certificate by its fingerprint, or all with a topic. */
  | {
      readonly type: 'push_certificate_revoked';
      readonly fingerprint?: string | undefined;
      readonly topic?: string | undefined;
    }
  | { readonly type: 'channel_created'; readonly home: ChannelHome; readonly channel: Channel }
  | { readonly type: 'channel_deleted'; readonly home: ChannelHome; readonly id: string }
  | { readonly type: 'broadcast_sent'; readonly home: ChannelHome; readonly id: string }
  /** Random ids were generated, up to this position of their source. */
  | { readonly type: 'push_ids_drawn'; readonly position: readonly number[] };
