import type { PushChannel } from '../push/registration.ts';

/** What a device says in its TokenUpdate check-in. */
export interface TokenUpdate {
  /** Undefined: a token of no device of the inventory. */
  readonly serial_number?: string | undefined;
  /** macOS has a channel for the user beside that of the device. */
  readonly channel?: PushChannel | undefined;
  /** Hexadecimal. */
  readonly push_token: string;
  readonly push_magic?: string | undefined;
  readonly push_topic?: string | undefined;
}

export interface RevokedCertificate {
  /** All certificates of this topic; the organization's own where neither is given. */
  readonly topic?: string | undefined;
  /** SHA-256 of one certificate. */
  readonly fingerprint?: string | undefined;
}

/** Actions on push tokens, certificates and keys. Devices are named by serial number, or by push token. */
export interface PushActions {
  readonly register_push: readonly TokenUpdate[];
  readonly rotate_push_tokens: readonly string[];
  readonly rotate_push_magic: readonly string[];
  readonly unregister_push: readonly string[];
  readonly take_offline: readonly string[];
  readonly bring_online: readonly string[];
  readonly revoke_push_certificate: RevokedCertificate;
  readonly revoke_push_key: { readonly key_id?: string | undefined };
}
