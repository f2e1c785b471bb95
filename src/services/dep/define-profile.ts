import { explained } from '../../core/outcome.ts';
import type { DeviceRef } from '../../organization/inventory/serial-numbers.ts';
import { gate } from '../fields.ts';
import { operation } from '../operation.ts';
import { sessionScheme } from './authenticate-session.ts';
import { depError } from './dep-error.ts';
import { accessible, hasDuplicates, resultsFor, throttledFor, whyNotAccessible } from './device-results.ts';
import { ADE_PAGES } from './pages.ts';
import { PROFILE_BODY, profileProblem } from './profile-checks.ts';
import { protocolVersion } from './protocol-version.ts';
import { json } from './render.ts';

export const defineProfile = operation({
  about: 'Defines an enrollment profile, and assigns it to the devices named',
  scheme: sessionScheme,
  body: PROFILE_BODY,
  errors: [
    'CONFIG_NAME_REQUIRED',
    'CONFIG_NAME_INVALID',
    'CONFIG_URL_REQUIRED',
    'CONFIG_URL_INVALID',
    'DEPARTMENT_REQUIRED',
    'DEPARTMENT_INVALID',
    'SUPPORT_PHONE_REQUIRED',
    'SUPPORT_PHONE_INVALID',
    'SUPPORT_EMAIL_INVALID',
    'MAGIC_INVALID',
    'FLAGS_INVALID',
    'LOCALE_INVALID',
    'NOT_FOUND',
  ],
  source: ADE_PAGES.defineProfile,
  handler({ organization, request, body, caller: { server } }) {
    const { behavior, enrollment, runtime } = organization;
    const { devices: serials = [], ...members } = body;
    const known = gate('dep', 'profile', protocolVersion(organization, request), members);
    const problem = profileProblem(organization, known);
    if (problem !== undefined) return problem;
    if (behavior.dep.duplicate_serials === 'malformed' && hasDuplicates(serials)) {
      return depError('MALFORMED_REQUEST_BODY', '`devices` lists a serial number twice');
    }
    if (behavior.dep.define_unknown_serial === 'not_found') {
      const unknown = serials.find((serial) => accessible(organization, server.index, serial) === undefined);
      if (unknown !== undefined) return depError('NOT_FOUND', whyNotAccessible(organization, unknown));
    }

    const profileUuid = runtime.identifiers.hex(runtime.identifiers.next('profile'), 32);
    organization.apply({ type: 'profile_defined', server: server.index, profileUuid, profile: known });
    const assigned: DeviceRef[] = [];
    const { devices, why } = resultsFor(organization, server.index, serials, (device) => {
      // Define has no word for a device in cooldown: https://developer.apple.com/documentation/devicemanagement/defineprofileresponse
      if (throttledFor(organization, device) > 0) return 'FAILED';
      assigned.push(device);
      return 'SUCCESS';
    });
    const profile = enrollment.profiles.find(profileUuid, 'exact')!.number;
    if (assigned.length > 0) organization.apply({ type: 'profile_assigned', profile, devices: assigned });
    return explained(
      json(organization, { profile_uuid: profileUuid, ...(serials.length > 0 ? { devices } : {}) }),
      why,
    );
  },
});
