import type { DepProfile } from '../scenario/generated/exchange-types.ts';

/** An enrollment profile that an MDM server has defined. */
export interface Profile {
  readonly profile_uuid: string;
  /** `server_name` of the MDM server. */
  readonly mdm_server: string;
  /** Its members, as they were sent. */
  readonly profile: DepProfile;
}
