import type { Channel, ChannelHome } from './channel.ts';
import type { DiscardReason, Push, StoredPush } from './push.ts';
import type { PushKey } from './push-key.ts';
import type { RegistrationNumber } from './registration.ts';
import type { SavedPush } from './saved.ts';

/** What alters what the push service knows about an organization. */
export type PushChange =
  /** A TokenUpdate: what is left out stays as it was. Another token ends the one in use. */
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
      /** False where the device ignores it, since the PushMagic is not its own. */
      readonly wakes: boolean;
      /** Whether it had been stored before. */
      readonly fromStorage: boolean;
      /** Virtual time from which it is worth nothing; undefined: it is never stored. */
      readonly expiresAt: number | undefined;
    }
  /** The connection that it was delivered on ended before the device took it: it waits for the next one. */
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
  /** By its fingerprint, or all that carry a topic. */
  | {
      readonly type: 'push_certificate_revoked';
      readonly fingerprint?: string | undefined;
      readonly topic?: string | undefined;
    }
  | { readonly type: 'channel_created'; readonly home: ChannelHome; readonly channel: Channel }
  | { readonly type: 'channel_deleted'; readonly home: ChannelHome; readonly id: string }
  | { readonly type: 'broadcast_sent'; readonly home: ChannelHome; readonly id: string }
  /** All at once, in place of the changes that led to it: the first after a beginning. */
  | { readonly type: 'push_restored'; readonly saved: SavedPush };
