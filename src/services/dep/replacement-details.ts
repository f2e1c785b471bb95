import { instant } from '../../core/clock.ts';
import { explained, respond } from '../../core/outcome.ts';
import { queryValues } from '../../core/request.ts';
import { operation } from '../../engine/service.ts';
import { sessionScheme } from './authenticate-session.ts';
import { accessible, whyNotAccessible } from './device-results.ts';
import { depError } from './errors.ts';
import { ADE_PAGES } from './pages.ts';
import { json, protocolVersion } from './render.ts';

const SINCE = 10;

export const replacementDetails = operation({
  name: 'dep.device.replacement',
  methods: ['GET'],
  path: '/device/replacementDetails',
  about: 'Returns the device that a replacement replaced',
  scheme: sessionScheme,
  errors: ['DEVICE_ID_REQUIRED', 'DEVICE_NOT_FOUND', 'DEVICE_NOT_FOUND_404'],
  source: ADE_PAGES.replacementDetails,
  handler({ organization, request, caller: { server } }) {
    const version = protocolVersion(organization, request);
    // Apple's page gives the version and no word for older ones: docs/fidelity.md.
    if (version < SINCE) {
      return explained(
        respond(404),
        `the call exists from protocol version ${SINCE} on; the request has ${version}`,
      );
    }
    const serial = queryValues(request, 'device')[0] ?? '';
    if (serial === '') return depError('DEVICE_ID_REQUIRED', 'the query parameter `device` is missing');
    const { inventory } = organization.enrollment;
    const device = accessible(organization, server.index, serial);
    const replaces = device === undefined ? undefined : inventory.rare(device).replaces;
    if (replaces === undefined) {
      return depError(
        organization.behavior.dep.replacement_not_found === '400'
          ? 'DEVICE_NOT_FOUND'
          : 'DEVICE_NOT_FOUND_404',
        device === undefined ? whyNotAccessible(organization, serial) : `${serial} replaces no other device`,
      );
    }
    return json(organization, {
      serial_number: serial,
      original_device_serial_number: inventory.facts(replaces.device).serial_number,
      replacement_date: instant(replaces.at).slice(0, 10),
    });
  },
});
