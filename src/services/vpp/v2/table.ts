import { OnDemand } from '../../../core/on-demand.ts';
import type { ServiceTable } from '../../operation.ts';
import { rowsOf, type TableRows } from '../../table.ts';
import { contentCredential } from '../content-credential.ts';
import { attendWebhooks } from '../webhooks/courier.ts';
import { V2_PATHS } from './endpoints.ts';

const GET = ['GET'] as const;
const POST = ['POST'] as const;

export const V2_ROWS = {
  serviceConfig: { name: 'vpp.service_config', methods: GET, path: V2_PATHS.serviceConfig },
  clientConfig: { name: 'vpp.client_config', methods: GET, path: V2_PATHS.clientConfig },
  setClientConfig: { name: 'vpp.client_config.set', methods: POST, path: V2_PATHS.clientConfig },
  getAssets: { name: 'vpp.assets', methods: GET, path: V2_PATHS.assets },
  associateAssets: { name: 'vpp.assets.associate', methods: POST, path: V2_PATHS.associate },
  disassociateAssets: { name: 'vpp.assets.disassociate', methods: POST, path: V2_PATHS.disassociate },
  revokeAssets: { name: 'vpp.assets.revoke', methods: POST, path: V2_PATHS.revoke },
  getAssignments: { name: 'vpp.assignments', methods: GET, path: V2_PATHS.assignments },
  getUsers: { name: 'vpp.users', methods: GET, path: V2_PATHS.users },
  createUsers: { name: 'vpp.users.create', methods: POST, path: V2_PATHS.createUsers },
  updateUsers: { name: 'vpp.users.update', methods: POST, path: V2_PATHS.updateUsers },
  retireUsers: { name: 'vpp.users.retire', methods: POST, path: V2_PATHS.retireUsers },
  status: { name: 'vpp.status', methods: GET, path: V2_PATHS.status },
  getSubscriptions: { name: 'vpp.subscriptions', methods: GET, path: V2_PATHS.subscriptions },
  getSubscriptionAssignments: {
    name: 'vpp.subscriptions.assignments',
    methods: GET,
    path: V2_PATHS.subscriptionAssignments,
  },
  associateSubscriptions: {
    name: 'vpp.subscriptions.associate',
    methods: POST,
    path: V2_PATHS.associateSubscriptions,
  },
  disassociateSubscriptions: {
    name: 'vpp.subscriptions.disassociate',
    methods: POST,
    path: V2_PATHS.disassociateSubscriptions,
  },
  getAdmins: { name: 'vpp.subscriptions.admins', methods: GET, path: V2_PATHS.admins },
  addAdmins: { name: 'vpp.subscriptions.admins.add', methods: POST, path: V2_PATHS.addAdmins },
  removeAdmins: { name: 'vpp.subscriptions.admins.remove', methods: POST, path: V2_PATHS.removeAdmins },
  enableSubscriptions: {
    name: 'vpp.subscriptions.enable',
    methods: POST,
    path: V2_PATHS.enableSubscriptions,
  },
  disableSubscriptions: {
    name: 'vpp.subscriptions.disable',
    methods: POST,
    path: V2_PATHS.disableSubscriptions,
  },
} as const satisfies TableRows;

/** Apps and Books, the API of today. */
export const vppV2Table: ServiceTable = {
  name: 'vpp',
  hosts: ['vpp.itunes.apple.com'],
  roots: ['/mdm/v2/'],
  rows: rowsOf(V2_ROWS),
  credentials: ({ content }) =>
    content.locations.flatMap(({ tokens }) => tokens.map(({ token }) => contentCredential(token))),
  gained: (change) =>
    change.type === 'content_token_renewed' ? [contentCredential(change.token)] : undefined,
  attend: attendWebhooks,
  service: new OnDemand(async () => (await import('../index.ts')).vppV2),
};
