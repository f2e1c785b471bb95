import { explained } from '../../core/outcome.ts';
import { jsonBody } from '../../engine/body.ts';
import { operation } from '../../engine/service.ts';
import { sessionScheme } from './authenticate-session.ts';
import { recordWriter } from './device-record.ts';
import { accessible, serialsProblem, whyNotAccessible } from './device-results.ts';
import { ADE_PAGES } from './pages.ts';
import { membersText, protocolVersion, written } from './render.ts';

const SUCCESS = membersText({ response_status: 'SUCCESS' });
const NOT_ACCESSIBLE = JSON.stringify({ response_status: 'NOT_ACCESSIBLE' });

export const deviceDetails = operation({
  name: 'dep.devices.details',
  methods: ['POST'],
  path: '/devices',
  about: 'Returns devices by serial number',
  scheme: sessionScheme,
  body: jsonBody({ devices: 'texts' }),
  errors: ['DEVICE_ID_REQUIRED'],
  source: ADE_PAGES.deviceDetails,
  handler({ organization, request, body, caller: { server } }) {
    const problem = serialsProblem(organization, body.devices);
    if (problem !== undefined) return problem;
    const viewer = { organization, server: server.index, version: protocolVersion(organization, request) };
    const write = recordWriter(viewer);
    const records = new Map<string, string>();
    let why: string | undefined;
    for (const serial of body.devices ?? []) {
      const device = accessible(organization, server.index, serial);
      if (device === undefined) why ??= whyNotAccessible(organization, serial);
      records.set(serial, device === undefined ? NOT_ACCESSIBLE : write(device, SUCCESS));
    }
    const devices = Array.from(records, ([serial, record]) => `${JSON.stringify(serial)}:${record}`);
    return explained(written(organization, `{"devices":{${devices.join(',')}}}`), why);
  },
});
