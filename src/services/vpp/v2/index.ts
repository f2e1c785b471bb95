import type { Service } from '../../operation.ts';
import { operationsOf } from '../../table.ts';
import { VPP_ERRORS } from '../errors.ts';
import { clientConfig } from './client-config.ts';
import { getAssets } from './get-assets.ts';
import { getAssignments } from './get-assignments.ts';
import { getAdmins, getSubscriptionAssignments, getSubscriptions } from './get-subscriptions.ts';
import { getUsers } from './get-users.ts';
import { associateAssets, disassociateAssets } from './manage-assets.ts';
import {
  addAdmins,
  associateSubscriptions,
  disassociateSubscriptions,
  removeAdmins,
} from './manage-subscriptions.ts';
import { createUsers, retireUsers, updateUsers } from './manage-users.ts';
import { renderError } from './render.ts';
import { revokeAssets } from './revoke-assets.ts';
import { serviceConfig } from './service-config.ts';
import { setClientConfig } from './set-client-config.ts';
import { status } from './status.ts';
import { disableSubscriptions, enableSubscriptions } from './switch-subscriptions.ts';
import { V2_ROWS, vppV2Table } from './table.ts';

/** What answers for Apps and Books. */
export const vppV2: Service = {
  name: vppV2Table.name,
  hosts: vppV2Table.hosts,
  operations: operationsOf(V2_ROWS, {
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
  }),
  errors: VPP_ERRORS,
  renderError,
  unknownPath: 'PATH_NOT_FOUND',
  bodyTooLarge: 'BODY_TOO_LARGE',
  malformedBody: '9602',
  internalError: '9603',
  tooManyRequests: '9646',
  wrongMethod: '9726',
};
