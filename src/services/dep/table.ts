import { OnDemand } from '../../core/on-demand.ts';
import type { OperationRow, ServiceTable } from '../operation.ts';
import { rowsOf, type TableRows } from '../table.ts';
import { consumerKeyCredential, DEPSIM_CREDENTIAL } from './credentials.ts';
import { DEP_PATHS, ROSTER_PATHS, TV_PROVIDER_PATH } from './endpoints.ts';
import { sessionCredential } from './session-token.ts';

export const DEP_ROWS = {
  session: { name: 'dep.session', methods: ['GET'], path: DEP_PATHS.session },
  account: { name: 'dep.account', methods: ['GET'], path: DEP_PATHS.account },
  fetchDevices: { name: 'dep.devices.fetch', methods: ['POST'], path: DEP_PATHS.fetch },
  syncDevices: { name: 'dep.devices.sync', methods: ['POST'], path: DEP_PATHS.sync },
  deviceDetails: { name: 'dep.devices.details', methods: ['POST'], path: DEP_PATHS.details },
  disownDevices: { name: 'dep.devices.disown', methods: ['POST'], path: DEP_PATHS.disown },
  replacementDetails: { name: 'dep.device.replacement', methods: ['GET'], path: DEP_PATHS.replacement },
  activationLock: { name: 'dep.device.activation_lock', methods: ['POST'], path: DEP_PATHS.activationLock },
  defineProfile: { name: 'dep.profile.define', methods: ['POST'], path: DEP_PATHS.profile },
  getProfile: { name: 'dep.profile.get', methods: ['GET'], path: DEP_PATHS.profile },
  // Apple's page says POST, the archived one PUT, and recorded answers of /account list both.
  assignProfile: { name: 'dep.profile.assign', methods: ['POST', 'PUT'], path: DEP_PATHS.assignment },
  removeProfile: { name: 'dep.profile.remove', methods: ['DELETE'], path: DEP_PATHS.assignment },
  setAccountDrivenProfile: {
    name: 'dep.account_driven.set',
    methods: ['POST'],
    path: DEP_PATHS.accountDriven,
  },
  getAccountDrivenProfile: {
    name: 'dep.account_driven.get',
    methods: ['GET'],
    path: DEP_PATHS.accountDriven,
  },
  removeAccountDrivenProfile: {
    name: 'dep.account_driven.remove',
    methods: ['DELETE'],
    path: DEP_PATHS.accountDriven,
  },
  betaTokens: { name: 'dep.beta_tokens', methods: ['GET'], path: DEP_PATHS.betaTokens },
  roster: ROSTER_PATHS.map(
    (path): OperationRow => ({ name: `dep${path.replaceAll('/', '.')}`, methods: ['POST'], path }),
  ),
  tvProvider: { name: 'dep.profile.tvprovider', methods: ['GET', 'POST'], path: TV_PROVIDER_PATH },
  simulatorToken: { name: 'dep.simulator.token', methods: ['GET'], path: '/token' },
} as const satisfies TableRows;

/** Device Enrollment (DEP, Automated Device Enrollment). */
export const depTable: ServiceTable = {
  name: 'dep',
  hosts: ['mdmenrollment.apple.com'],
  rows: rowsOf(DEP_ROWS),
  credentials(organization) {
    const keys = organization.enrollment.servers.flatMap((server) =>
      server.tokens.map((token) => consumerKeyCredential(token.consumer_key)),
    );
    const simulator = organization.definition.depsim ? [DEPSIM_CREDENTIAL] : [];
    return [...new Set(keys), sessionCredential(organization), ...simulator];
  },
  service: new OnDemand(async () => (await import('./index.ts')).dep),
};
