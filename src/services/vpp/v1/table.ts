import { OnDemand } from '../../../core/on-demand.ts';
import type { OperationRow, ServiceTable } from '../../operation.ts';
import { rowsOf, type TableRows } from '../../table.ts';

/**
 * Where a service of v1 is found: under Apple's newer and original paths, beside v2 as Fleet calls it
 * (https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/vpp/api.go), and at the root as Apple's simulator had it
 * (https://github.com/cmdmnt/commandment).
 */
const FAMILIES = ['/mdm/', '/WebObjects/MZFinance.woa/wa/', '/mdm/v2/', '/'] as const;

/** Apple documents POST; clients GET the service config, and one sends a body with GET. */
const legacy = (name: string, service: string): readonly OperationRow[] =>
  FAMILIES.map((family) => ({ name: `vpp.v1.${name}`, methods: ['POST', 'GET'], path: family + service }));

/** Calls by license id, which Apple took away: https://developer.apple.com/documentation/devicemanagement/interpreting-error-codes */
const REMOVED = [
  'associateVPPLicenseSrv',
  'disassociateVPPLicenseSrv',
  'associateVPPLicenseWithVPPUserSrv',
  'disassociateVPPLicenseFromVPPUserSrv',
] as const;

export const V1_ROWS = {
  serviceConfig: legacy('service_config', 'VPPServiceConfigSrv'),
  clientConfig: legacy('client_config', 'VPPClientConfigSrv'),
  assets: legacy('assets', 'getVPPAssetsSrv'),
  assignments: legacy('assignments', 'getAssignments'),
  licenses: legacy('licenses', 'getVPPLicensesSrv'),
  manage: legacy('licenses.manage', 'manageVPPLicensesByAdamIdSrv'),
  users: legacy('users', 'getVPPUsersSrv'),
  user: legacy('user', 'getVPPUserSrv'),
  register: legacy('user.register', 'registerVPPUserSrv'),
  edit: legacy('user.edit', 'editVPPUserSrv'),
  retire: legacy('user.retire', 'retireVPPUserSrv'),
  removed: REMOVED.flatMap((service) => legacy('removed', service)),
} as const satisfies TableRows;

/** Apps and Books, the API of old, which Apple keeps in maintenance. */
export const vppV1Table: ServiceTable = {
  name: 'vpp',
  hosts: ['vpp.itunes.apple.com'],
  rows: rowsOf(V1_ROWS),
  // The content tokens are those of v2, which enters them.
  credentials: () => [],
  service: new OnDemand(async () => (await import('../index.ts')).vppV1),
};
