import { explained } from '../../core/outcome.ts';
import type { DeviceRef } from '../../organization/inventory/serial-numbers.ts';
import { operation } from '../operation.ts';
import { sessionScheme } from './authenticate-session.ts';
import { resultsFor, serialsProblem } from './device-results.ts';
import { ADE_PAGES } from './pages.ts';
import { json } from './render.ts';

export const disownDevices = operation({
  about: 'Gives devices up for good',
  scheme: sessionScheme,
  body: { devices: 'texts' },
  errors: ['DEVICE_ID_REQUIRED'],
  source: ADE_PAGES.disown,
  handler({ organization, body, caller: { server } }) {
    const problem = serialsProblem(organization, body.devices);
    if (problem !== undefined) return problem;
    const disowned: DeviceRef[] = [];
    const { devices, why } = resultsFor(organization, server.index, body.devices ?? [], (device) => {
      disowned.push(device);
      return 'SUCCESS';
    });
    if (disowned.length > 0) organization.apply({ type: 'devices_disowned', devices: disowned });
    return explained(json(organization, { devices }), why);
  },
});
