import type { Organization } from '../organization/organization.ts';
import type { DepProfile } from '../scenario/generated/exchange-types.ts';

/** An enrollment profile that an MDM server defined. */
export interface Profile {
  readonly profile_uuid: string;
  /** `server_name` of the MDM server. */
  readonly mdm_server: string;
  /** The profile as the MDM server sent it. */
  readonly profile: DepProfile;
}

/** In the order in which they were defined. */
export const profilesOf = ({ enrollment: { profiles, servers } }: Organization): readonly Profile[] =>
  profiles.all().map(({ profileUuid, server, profile }) => ({
    profile_uuid: profileUuid,
    mdm_server: servers[server]!.serverName,
    profile: structuredClone(profile),
  }));
