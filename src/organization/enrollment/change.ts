import type { DeviceItem, EnrollmentProfile, ServerCredentials } from '../definition.ts';
import type { DeviceRef } from '../inventory/serial-numbers.ts';

/** Changes of devices, MDM servers, profiles and sessions. */
export type EnrollmentChange =
  | { readonly type: 'devices_added'; readonly server: number; readonly devices: readonly DeviceItem[] }
  | { readonly type: 'devices_removed'; readonly devices: readonly DeviceRef[] }
  | {
      readonly type: 'devices_moved';
      readonly server: number;
      readonly devices: readonly DeviceRef[];
      readonly assignedBy?: string | undefined;
      readonly deadline?: number | undefined;
    }
  | { readonly type: 'devices_disowned'; readonly devices: readonly DeviceRef[] }
  | { readonly type: 'device_replaced'; readonly device: DeviceRef; readonly replacement: DeviceItem }
  | { readonly type: 'devices_throttled'; readonly devices: readonly DeviceRef[]; readonly until: number }
  | { readonly type: 'throttle_ended'; readonly devices: readonly DeviceRef[] }
  | {
      readonly type: 'activation_locked';
      readonly device: DeviceRef;
      readonly escrowKey?: string | undefined;
      readonly lostMessage?: string | undefined;
    }
  | {
      readonly type: 'profile_defined';
      readonly server: number;
      readonly profileUuid: string;
      readonly profile: EnrollmentProfile;
    }
  | { readonly type: 'profile_assigned'; readonly profile: number; readonly devices: readonly DeviceRef[] }
  | { readonly type: 'profile_removed'; readonly devices: readonly DeviceRef[] }
  | { readonly type: 'profile_fetched'; readonly devices: readonly DeviceRef[] }
  | { readonly type: 'terms_expired' }
  | { readonly type: 'terms_accepted' }
  | {
      readonly type: 'server_token_renewed';
      readonly server: number;
      readonly credentials: ServerCredentials;
      readonly expiresAt: number;
    }
  | { readonly type: 'server_token_revoked'; readonly server: number }
  | { readonly type: 'server_token_expired'; readonly server: number }
  | { readonly type: 'account_driven_profile_set'; readonly url: string }
  | { readonly type: 'account_driven_profile_removed' }
  | Traffic;

/** Changes that requests cause without a sync event. */
export type Traffic =
  | {
      readonly type: 'session_opened';
      readonly server: number;
      readonly token: string;
      readonly alone: boolean;
    }
  | { readonly type: 'session_used'; readonly server: number; readonly token: string }
  | {
      readonly type: 'session_rotated';
      readonly server: number;
      readonly token: string;
      readonly successor: string;
      readonly endsAt: number;
    }
  | {
      readonly type: 'nonce_used';
      readonly server: number;
      readonly nonce: string;
      readonly forgetAt: number;
    }
  | { readonly type: 'request_counted'; readonly server: number };
