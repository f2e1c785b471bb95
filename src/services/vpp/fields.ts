import type { FieldGroup } from '../../engine/fields.ts';
import { both, type FieldExtra, received, sent } from '../../engine/fields.ts';

/** Rows of the published table: the GUID that stands for a user, the Managed Apple Account, the serial number. */
const USER_ID: FieldExtra = { personal: 'pseudonym', rows: [25] };
const MANAGED_APPLE_ID: FieldExtra = { personal: 'yes', rows: [26] };
const SERIAL: FieldExtra = { personal: 'pseudonym', rows: [27] };
const EMAIL: FieldExtra = { personal: 'yes' };
const ID_HASH: FieldExtra = { personal: 'pseudonym' };

const responses = <const Name extends string>(...operations: readonly Name[]) =>
  operations.map((operation) => ({ operation, at: '$.response.body' }) as const);
const bodies = <const Name extends string>(...operations: readonly Name[]) =>
  operations.map((operation) => ({ operation, at: '$.body' }) as const);

/** Operations of v2 that want a content token. */
const TOKEN_OPERATIONS = [
  'vpp.client_config',
  'vpp.client_config.set',
  'vpp.assets',
  'vpp.assets.associate',
  'vpp.assets.disassociate',
  'vpp.assets.revoke',
  'vpp.assignments',
  'vpp.users',
  'vpp.users.create',
  'vpp.users.update',
  'vpp.users.retire',
  'vpp.status',
  'vpp.subscriptions',
  'vpp.subscriptions.assignments',
  'vpp.subscriptions.associate',
  'vpp.subscriptions.disassociate',
  'vpp.subscriptions.admins',
  'vpp.subscriptions.admins.add',
  'vpp.subscriptions.admins.remove',
  'vpp.subscriptions.enable',
  'vpp.subscriptions.disable',
] as const;

/** Operations of v1 that want a content token. */
const LEGACY = [
  'vpp.v1.client_config',
  'vpp.v1.assets',
  'vpp.v1.assignments',
  'vpp.v1.licenses',
  'vpp.v1.licenses.manage',
  'vpp.v1.users',
  'vpp.v1.user',
  'vpp.v1.user.register',
  'vpp.v1.user.edit',
  'vpp.v1.user.retire',
] as const;

/** Fields of Apps and Books, v2 and v1. */
export const VPP_FIELDS = {
  answer: {
    places: responses(...TOKEN_OPERATIONS),
    fields: [
      received('uId', 'text'),
      received('tokenExpirationDate', 'instant'),
      received('versionId', 'text'),
      received('eventId', 'text'),
      received('mdmInfo', 'object'),
      received('errorNumber', 'integer'),
      received('errorMessage', 'text'),
      received('errorInfo', 'object'),
      received('currentPageIndex', 'integer'),
      received('nextPageIndex', 'integer'),
      received('totalPages', 'integer'),
      received('size', 'integer'),
    ],
  },
  service_config: {
    places: responses('vpp.service_config'),
    fields: [
      received('limits', 'map'),
      received('urls', 'map'),
      received('notificationTypes', 'texts'),
      received('errorCodes', 'objects'),
    ],
  },
  client_config_request: {
    places: bodies('vpp.client_config.set'),
    fields: [
      sent('mdmInfo', 'object'),
      sent('notificationUrl', 'text'),
      sent('notificationAuthToken', 'secret'),
      sent('notificationTypes', 'texts'),
    ],
  },
  mdm_info: {
    places: [{ operation: 'vpp.client_config.set', at: '$.body.mdmInfo' }],
    fields: [
      both('id', 'text'),
      both('name', 'text', { personal: 'maybe' }),
      both('metadata', 'text', { personal: 'maybe' }),
    ],
  },
  client_config: {
    places: responses('vpp.client_config', 'vpp.client_config.set'),
    fields: [
      received('countryISO2ACode', 'text'),
      received('defaultPlatform', 'text'),
      received('locationName', 'text', { personal: 'maybe' }),
      received('notificationUrl', 'text'),
      received('notificationAuthToken', 'secret'),
      received('subscribedNotificationTypes', 'texts'),
      received('websiteURL', 'text'),
    ],
  },
  asset_query: {
    places: [{ operation: 'vpp.assets', at: '$.query' }],
    fields: [
      sent('pageIndex', 'integer'),
      sent('productType', 'text'),
      sent('pricingParam', 'text'),
      sent('revocable', 'boolean'),
      sent('deviceAssignable', 'boolean'),
      sent('minAvailableCount', 'integer'),
      sent('maxAvailableCount', 'integer'),
      sent('minAssignedCount', 'integer'),
      sent('maxAssignedCount', 'integer'),
      sent('adamId', 'text'),
      sent('unlimited', 'boolean'),
    ],
  },
  asset: {
    places: [
      { operation: 'vpp.assets', at: '$.response.body.assets[*]' },
      { operation: 'vpp.v1.assets', at: '$.response.body.assets[*]' },
    ],
    fields: [
      received('adamId', 'text'),
      received('adamIdStr', 'text'),
      received('pricingParam', 'text'),
      received('productType', 'text'),
      received('productTypeId', 'integer'),
      received('productTypeName', 'text'),
      received('isIrrevocable', 'boolean'),
      received('totalCount', 'integer'),
      received('availableCount', 'integer'),
      received('assignedCount', 'integer'),
      received('retiredCount', 'integer'),
      received('deviceAssignable', 'boolean'),
      received('revocable', 'boolean'),
      received('supportedPlatforms', 'texts'),
    ],
  },
  manage_assets: {
    places: bodies('vpp.assets.associate', 'vpp.assets.disassociate', 'vpp.assets.revoke'),
    fields: [
      sent('assets', 'objects'),
      sent('clientUserIds', 'texts', USER_ID),
      sent('serialNumbers', 'texts', SERIAL),
    ],
  },
  assignment_query: {
    places: [{ operation: 'vpp.assignments', at: '$.query' }],
    fields: [
      sent('adamId', 'text'),
      sent('clientUserId', 'text', USER_ID),
      sent('serialNumber', 'text', SERIAL),
      sent('pageIndex', 'integer'),
      sent('sinceVersionId', 'text'),
      sent('pricingParam', 'text'),
      sent('includeUserState', 'boolean'),
      sent('excludeInactiveUsers', 'boolean'),
    ],
  },
  assignment: {
    places: [
      { operation: 'vpp.assignments', at: '$.response.body.assignments[*]' },
      { operation: 'vpp.v1.assignments', at: '$.response.body.assignments[*]' },
    ],
    fields: [
      received('adamId', 'text'),
      received('adamIdStr', 'text'),
      received('pricingParam', 'text'),
      received('clientUserId', 'text', USER_ID),
      received('clientUserIdStr', 'text', USER_ID),
      received('serialNumber', 'text', SERIAL),
      received('userStatus', 'text'),
    ],
  },
  users_request: {
    places: ['create', 'update', 'retire'].map((verb) => ({
      operation: `vpp.users.${verb}`,
      at: '$.body.users[*]',
    })),
    fields: [
      sent('clientUserId', 'text', USER_ID),
      sent('email', 'text', EMAIL),
      sent('managedAppleId', 'text', MANAGED_APPLE_ID),
    ],
  },
  user_query: {
    places: [{ operation: 'vpp.users', at: '$.query' }],
    fields: [
      sent('activeOnly', 'boolean'),
      sent('retiredOnly', 'boolean'),
      sent('clientUserId', 'text', USER_ID),
      sent('managedAppleId', 'text', MANAGED_APPLE_ID),
      sent('pageIndex', 'integer'),
      sent('sinceVersionId', 'text'),
    ],
  },
  user: {
    places: [{ operation: 'vpp.users', at: '$.response.body.users[*]' }],
    fields: [
      received('clientUserId', 'text', USER_ID),
      received('email', 'text', EMAIL),
      received('idHash', 'text', ID_HASH),
      received('inviteCode', 'text', ID_HASH),
      received('status', 'text'),
    ],
  },
  status_query: {
    places: [{ operation: 'vpp.status', at: '$.query' }],
    fields: [sent('eventId', 'text')],
  },
  status: {
    places: responses('vpp.status'),
    fields: [
      received('eventStatus', 'text'),
      received('eventType', 'text'),
      received('numRequested', 'integer'),
      received('numCompleted', 'integer'),
      received('failures', 'objects'),
    ],
  },
  subscription_request: {
    places: bodies(
      'vpp.subscriptions.associate',
      'vpp.subscriptions.disassociate',
      'vpp.subscriptions.admins.add',
      'vpp.subscriptions.admins.remove',
    ),
    fields: [
      sent('adamIds', 'objects'),
      sent('clientUserIds', 'texts', USER_ID),
      sent('renewing', 'boolean'),
      sent('deferred', 'boolean'),
    ],
  },
  fleet_auth: {
    places: bodies('vpp.metadata.fleet_auth'),
    fields: [sent('fleetServerUrl', 'text'), sent('fleetLicenseKey', 'secret')],
  },
  fleet_secret: {
    places: [{ operation: 'vpp.metadata.fleet_auth', at: '$.response.body' }],
    fields: [received('fleetServerSecret', 'secret')],
  },
  legacy_request: {
    places: bodies(...LEGACY),
    fields: [
      sent('sToken', 'secret'),
      sent('clientContext', 'text', { personal: 'maybe' }),
      sent('clientUserIdStr', 'text', USER_ID),
      sent('email', 'text', EMAIL),
      sent('managedAppleIDStr', 'text', MANAGED_APPLE_ID),
      sent('itsIdHash', 'text', ID_HASH),
      sent('userId', 'text', USER_ID),
      sent('serialNumber', 'text', SERIAL),
      sent('associateClientUserIdStrs', 'texts', USER_ID),
      sent('disassociateClientUserIdStrs', 'texts', USER_ID),
      sent('associateSerialNumbers', 'texts', SERIAL),
      sent('disassociateSerialNumbers', 'texts', SERIAL),
      sent('disassociateLicenseIdStrs', 'texts'),
      sent('adamIdStr', 'text'),
      sent('pricingParam', 'text'),
      sent('batchToken', 'text'),
      sent('sinceModifiedToken', 'text'),
      sent('facilitatorMemberId', 'text'),
      sent('notificationToken', 'secret'),
    ],
  },
  legacy_user: {
    places: [
      ...['vpp.v1.user', 'vpp.v1.user.register', 'vpp.v1.user.edit', 'vpp.v1.user.retire'].map(
        (operation) => ({
          operation,
          at: '$.response.body.user',
        }),
      ),
      { operation: 'vpp.v1.users', at: '$.response.body.users[*]' },
    ],
    fields: [
      received('userId', 'integer', USER_ID),
      received('clientUserIdStr', 'text', USER_ID),
      received('email', 'text', EMAIL),
      received('status', 'text'),
      received('inviteCode', 'text', ID_HASH),
      received('inviteUrl', 'text', ID_HASH),
      received('itsIdHash', 'text', ID_HASH),
      received('licenses', 'objects'),
    ],
  },
  legacy_license: {
    places: [{ operation: 'vpp.v1.licenses', at: '$.response.body.licenses[*]' }],
    fields: [
      received('licenseId', 'integer'),
      received('licenseIdStr', 'text'),
      received('adamId', 'integer'),
      received('serialNumber', 'text', SERIAL),
      received('userIdStr', 'text', USER_ID),
    ],
  },
} as const satisfies Readonly<Record<string, FieldGroup>>;
