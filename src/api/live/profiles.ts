import type { Organization } from '../../organization/organization.ts';
import type { Profile } from '../profile.ts';

/** The enrollment profiles of an organization, in the order in which they were defined. */
export const profilesOf = ({ enrollment: { profiles, servers } }: Organization): readonly Profile[] =>
  profiles.all().map(({ profileUuid, server, profile }) => ({
    profile_uuid: profileUuid,
    mdm_server: servers[server]!.serverName,
    profile: structuredClone(profile),
  }));
