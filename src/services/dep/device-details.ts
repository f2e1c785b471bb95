import { ADE_PAGES } from '../../catalogue/dep/pages.ts';
import { explained } from '../../http/outcome.ts';
import { operation } from '../operation.ts';
import { sessionScheme } from './authenticate-session.ts';
import { deviceRecord } from './device-record.ts';
import { accessible, serialsProblem, whyNotAccessible } from './device-results.ts';
import { DEP_PATHS } from './endpoints.ts';
import { protocolVersion } from './protocol-version.ts';
import { json } from './render.ts';

export const deviceDetails = operation({
  name: 'dep.devices.details',
  about: 'Shows devices by serial number',
  methods: ['POST'],
  path: DEP_PATHS.details,
  scheme: sessionScheme,
  body: { devices: 'texts' },
  errors: ['DEVICE_ID_REQUIRED'],
  source: ADE_PAGES.deviceDetails,
  handler({ organization, request, body, caller: { server } }) {
    const problem = serialsProblem(organization, body.devices);
    if (problem !== undefined) return problem;
    const viewer = { organization, server: server.index, version: protocolVersion(organization, request) };
    const devices: Record<string, unknown> = Object.create(null);
    let why: string | undefined;
    for (const serial of body.devices ?? []) {
      const device = accessible(organization, server.index, serial);
      if (device === undefined) why ??= whyNotAccessible(organization, serial);
      devices[serial] =
        device === undefined
          ? { response_status: 'NOT_ACCESSIBLE' }
          : { ...deviceRecord(viewer, device), response_status: 'SUCCESS' };
    }
    return explained(json(organization, { devices }), why);
  },
});
