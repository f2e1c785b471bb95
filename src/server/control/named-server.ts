import { type MdmServer, serverNamed } from '../../organization/enrollment/mdm-server.ts';
import type { Organization } from '../../organization/organization.ts';
import { ControlError, listed, quoted } from './control-error.ts';

export const MDM_SERVER = {
  kind: 'text',
  about: 'name or UUID of the MDM server; the first where not given',
} as const;

/** The MDM server of that name or UUID; the first where none is named. @throws ControlError */
export function namedServer(organization: Organization, name: string | undefined): MdmServer {
  const server = serverNamed(organization.enrollment, name);
  if (server !== undefined) return server;
  const names = organization.enrollment.servers.map(({ serverName }) => serverName);
  throw new ControlError(
    400,
    name === undefined ? 'the organization has no MDM server' : `no MDM server is named ${quoted(name)}`,
    names.length === 0
      ? 'add one under `mdm_servers` of the scenario'
      : `the MDM servers are ${listed(names)}`,
  );
}
