import type { Service } from '../../engine/service.ts';
import { VPP_BEHAVIOR } from './behavior.ts';
import { clientConfig, setClientConfig } from './client-config.ts';
import { contentCredential } from './credentials.ts';
import { isMetadataError, VPP_ERRORS } from './errors.ts';
import { status } from './events.ts';
import { VPP_FIELDS } from './fields.ts';
import { getAssets } from './get-assets.ts';
import { getAssignments } from './get-assignments.ts';
import { getAdmins, getSubscriptionAssignments, getSubscriptions } from './get-subscriptions.ts';
import { getUsers } from './get-users.ts';
import { associateAssets, disassociateAssets, revokeAssets } from './manage-assets.ts';
import {
  addAdmins,
  associateSubscriptions,
  disableSubscriptions,
  disassociateSubscriptions,
  enableSubscriptions,
  removeAdmins,
} from './manage-subscriptions.ts';
import { createUsers, retireUsers, updateUsers } from './manage-users.ts';
import { renderError } from './render.ts';
import { devicesIn } from './request-checks.ts';
import { serviceConfig } from './service-config.ts';
import { startWebhooks } from './webhooks.ts';

/** Apps and Books, formerly the Volume Purchase Program (VPP): the current API. */
export const vpp: Service = {
  name: 'vpp',
  title: 'Apps and Books',
  about: 'Licenses for apps and books, their users and their assignments',
  hosts: ['vpp.itunes.apple.com'],
  roots: ['/mdm/v2/'],
  operations: [
    serviceConfig,
    clientConfig,
    setClientConfig,
    getAssets,
    associateAssets,
    disassociateAssets,
    revokeAssets,
    getAssignments,
    getUsers,
    createUsers,
    updateUsers,
    retireUsers,
    status,
    getSubscriptions,
    getSubscriptionAssignments,
    associateSubscriptions,
    disassociateSubscriptions,
    getAdmins,
    addAdmins,
    removeAdmins,
    enableSubscriptions,
    disableSubscriptions,
  ],
  fields: VPP_FIELDS,
  errors: VPP_ERRORS,
  errorRoles: {
    unknownPath: 'PATH_NOT_FOUND',
    wrongMethod: '9726',
    bodyTooLarge: 'BODY_TOO_LARGE',
    malformedBody: '9602',
    internalError: '9603',
    tooManyRequests: '9646',
  },
  renderError,
  behavior: VPP_BEHAVIOR,
  credentials: {
    all: ({ content }) =>
      content.locations.flatMap(({ tokens }) => tokens.map(({ token }) => contentCredential(token))),
    added: (change) =>
      change.type === 'content_token_renewed' ? [contentCredential(change.token)] : undefined,
  },
  devices: { keys: devicesIn },
  start: startWebhooks,
  docs: { page: 'vpp', errors: (name) => !isMetadataError(name) },
};
