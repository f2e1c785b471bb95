import { queryValues } from '../../core/request.ts';
import { visibleMembers } from '../../engine/fields.ts';
import { operation } from '../../engine/service.ts';
import type { StoredProfile } from '../../organization/enrollment/profile-store.ts';
import type { Organization } from '../../organization/organization.ts';
import { sessionScheme } from './authenticate-session.ts';
import { depError } from './errors.ts';
import { DEP_FIELDS } from './fields.ts';
import { ADE_PAGES } from './pages.ts';
import { json, protocolVersion } from './render.ts';

/** The response has them even if the profile was defined without: micromdm's recorded fetch_profile_response.json. */
const DEFAULTS = {
  allow_pairing: true,
  is_supervised: false,
  is_mandatory: false,
  is_mdm_removable: true,
  is_multi_user: false,
  await_device_configured: false,
  auto_advance_setup: false,
};

/** A profile that this MDM server has defined. */
export function ownProfile(
  organization: Organization,
  server: number,
  profileUuid: string,
): StoredProfile | undefined {
  const stored = organization.enrollment.profiles.find(profileUuid, organization.behavior.dep.id_matching);
  return stored?.server === server ? stored : undefined;
}

export const getProfile = operation({
  name: 'dep.profile.get',
  methods: ['GET'],
  path: '/profile',
  about: 'Returns an enrollment profile',
  scheme: sessionScheme,
  errors: ['PROFILE_UUID_REQUIRED', 'NOT_FOUND', 'NOT_FOUND_404'],
  source: ADE_PAGES.fetchProfile,
  handler({ organization, request, caller: { server } }) {
    const profileUuid = queryValues(request, 'profile_uuid')[0] ?? '';
    if (profileUuid === '')
      return depError('PROFILE_UUID_REQUIRED', 'the query parameter `profile_uuid` is missing');
    const stored = ownProfile(organization, server.index, profileUuid);
    if (stored === undefined) {
      return depError(
        organization.behavior.dep.get_unknown_profile === '400' ? 'NOT_FOUND' : 'NOT_FOUND_404',
        `"${server.serverName}" has defined no profile ${profileUuid.slice(0, 64)}`,
      );
    }
    // `profile_uuid` is undocumented and there: https://github.com/fleetdm/fleet/blob/main/server/mdm/nanodep/godep/profile.go
    const profile = { ...DEFAULTS, ...stored.profile, profile_uuid: stored.profileUuid };
    return json(
      organization,
      visibleMembers(DEP_FIELDS.profile, protocolVersion(organization, request), profile),
    );
  },
});
