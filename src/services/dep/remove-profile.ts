import { explained } from '../../core/outcome.ts';
import { NO_PROFILE } from '../../organization/inventory/device-columns.ts';
import type { DeviceRef } from '../../organization/inventory/serial-numbers.ts';
import { operation } from '../operation.ts';
import { sessionScheme } from './authenticate-session.ts';
import { resultsFor, serialsProblem } from './device-results.ts';
import { ownProfile } from './get-profile.ts';
import { ADE_PAGES } from './pages.ts';
import { json } from './render.ts';

export const removeProfile = operation({
  about: 'Takes the enrollment profile from devices',
  scheme: sessionScheme,
  body: { profile_uuid: 'text', devices: 'texts' },
  errors: ['DEVICE_ID_REQUIRED'],
  source: ADE_PAGES.removeProfile,
  handler({ organization, body, caller: { server } }) {
    const problem = serialsProblem(organization, body.devices);
    if (problem !== undefined) return problem;
    const { inventory } = organization.enrollment;
    const named = body.profile_uuid ? ownProfile(organization, server.index, body.profile_uuid) : undefined;
    const removed: DeviceRef[] = [];
    const { devices, why } = resultsFor(organization, server.index, body.devices ?? [], (device) => {
      const { profile, profileStatus } = inventory.state(device);
      // Apple says nothing of a device that has another profile than the one named: docs/fidelity.md.
      if (body.profile_uuid && profile !== named?.number) return 'FAILED';
      if (profile !== NO_PROFILE && profileStatus !== 'removed') removed.push(device);
      return 'SUCCESS';
    });
    if (removed.length > 0) organization.apply({ type: 'profile_removed', devices: removed });
    return explained(json(organization, { devices }), why);
  },
});
