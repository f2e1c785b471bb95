import type { DeviceItem, LiteralDevice } from '../definition.ts';

export interface OneServer {
  /** The first MDM server where it is not given. */
  readonly mdm_server?: string | undefined;
}

/** Actions on devices, MDM servers and terms. */
export interface EnrollmentActions {
  readonly add_devices: readonly DeviceItem[];
  readonly remove_devices: readonly string[];
  readonly move_devices: {
    readonly devices: readonly string[];
    readonly mdm_server: string;
    readonly assigned_by?: string | undefined;
    /** Makes the next enrollment a migration; milliseconds since the epoch. */
    readonly mdm_migration_deadline?: number | undefined;
  };
  readonly replace_devices: readonly { readonly device: string; readonly replacement: LiteralDevice }[];
  readonly throttle_devices: {
    readonly devices: readonly string[];
    /** Milliseconds; `behavior: dep: throttle` where it is not given. */
    readonly for?: number | undefined;
  };
  readonly mark_profile_fetched: readonly string[];
  readonly expire_terms: true;
  readonly accept_terms: true;
  readonly revoke_server_token: OneServer;
  readonly expire_server_token: OneServer;
  readonly renew_server_token: OneServer;
}
