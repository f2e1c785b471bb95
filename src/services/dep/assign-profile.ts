import { explained, respond } from '../../core/outcome.ts';
import { jsonBody } from '../../engine/body.ts';
import { visibleMembers } from '../../engine/fields.ts';
import { operation } from '../../engine/service.ts';
import type { DeviceRef } from '../../organization/inventory/serial-numbers.ts';
import { sessionScheme } from './authenticate-session.ts';
import { resultsFor, serialsProblem, throttledFor } from './device-results.ts';
import { depError } from './errors.ts';
import { DEP_FIELDS } from './fields.ts';
import { ownProfile } from './get-profile.ts';
import { ADE_PAGES } from './pages.ts';
import { json, protocolVersion } from './render.ts';

/** https://developer.apple.com/documentation/devicemanagement/assign-profile */
const THROTTLED_SINCE = 9;
const ADVISED_DEVICES = 1000;

export const assignProfile = operation({
  name: 'dep.profile.assign',
  methods: ['POST', 'PUT'],
  path: '/profile/devices',
  about: 'Assigns an enrollment profile to devices',
  // Apple's page says POST, the archived one PUT, and recorded responses of /account list both.
  scheme: sessionScheme,
  body: jsonBody({ profile_uuid: 'text', devices: 'texts' }),
  errors: ['PROFILE_UUID_REQUIRED', 'DEVICE_ID_REQUIRED', 'PROFILE_NOT_FOUND', 'PROFILE_NOT_FOUND_400'],
  source: ADE_PAGES.assignProfile,
  handler({ organization, request, body, caller: { server } }) {
    const { assign_methods, assign_max, assign_left_out, assign_unknown_profile } = organization.behavior.dep;
    if (assign_methods !== 'both' && assign_methods !== request.method.toLowerCase()) {
      const allow = `${assign_methods.toUpperCase()}, DELETE`;
      return explained(respond(405, { allow }), `behavior takes ${assign_methods.toUpperCase()} only`);
    }
    const profileUuid = body.profile_uuid ?? '';
    if (profileUuid === '') return depError('PROFILE_UUID_REQUIRED', '`profile_uuid` is missing');
    const problem = serialsProblem(organization, body.devices);
    if (problem !== undefined) return problem;
    const serials = body.devices ?? [];
    if (assign_max > 0 && serials.length > assign_max) {
      return depError(
        'MALFORMED_REQUEST_BODY',
        `${serials.length} devices in one call; ${assign_max} are allowed`,
      );
    }
    const stored = ownProfile(organization, server.index, profileUuid);
    if (stored === undefined) {
      return depError(
        assign_unknown_profile === '404' ? 'PROFILE_NOT_FOUND' : 'PROFILE_NOT_FOUND_400',
        `"${server.serverName}" has defined no profile ${profileUuid.slice(0, 64)}`,
      );
    }

    const included =
      assign_left_out.length === 0 ? serials : serials.filter((serial) => !assign_left_out.includes(serial));
    const version = protocolVersion(organization, request);
    const assigned: DeviceRef[] = [];
    let cooldown = 0;
    const { devices, why } = resultsFor(organization, server.index, included, (device) => {
      const left = throttledFor(organization, device);
      cooldown = Math.max(cooldown, left);
      // Below 9 a throttled device shows as failed: https://github.com/fleetdm/fleet/issues/37072
      if (left > 0) return version >= THROTTLED_SINCE ? 'THROTTLED' : 'FAILED';
      assigned.push(device);
      return 'SUCCESS';
    });
    if (assigned.length > 0) {
      organization.apply({ type: 'profile_assigned', profile: stored.number, devices: assigned });
    }
    const advice =
      serials.length > ADVISED_DEVICES
        ? `${serials.length} devices in one call; Apple advises at most 1000`
        : undefined;
    const answer = visibleMembers(DEP_FIELDS.device_results, version, {
      profile_uuid: stored.profileUuid,
      devices,
      retry_after_seconds: cooldown > 0 ? Math.ceil(cooldown / 1000) : undefined,
    });
    return explained(json(organization, answer), why ?? advice);
  },
});
