import type { Service } from '../../operation.ts';
import { operationsOf } from '../../table.ts';
import { VPP_ERRORS } from '../errors.ts';
import { legacyClientConfig } from './client-config.ts';
import { legacyAssets } from './get-assets.ts';
import { legacyAssignments } from './get-assignments.ts';
import { legacyLicenses } from './get-licenses.ts';
import { legacyUser, legacyUsers } from './get-users.ts';
import { legacyManage } from './manage-licenses.ts';
import { legacyEdit, legacyRegister, legacyRetire } from './manage-user.ts';
import { removedServices } from './removed.ts';
import { renderLegacyError } from './render.ts';
import { legacyServiceConfig } from './service-config.ts';
import { V1_ROWS, vppV1Table } from './table.ts';

/** What answers for Apps and Books as it was called of old. */
export const vppV1: Service = {
  name: vppV1Table.name,
  hosts: vppV1Table.hosts,
  operations: operationsOf(V1_ROWS, {
    serviceConfig: legacyServiceConfig,
    clientConfig: legacyClientConfig,
    assets: legacyAssets,
    assignments: legacyAssignments,
    licenses: legacyLicenses,
    manage: legacyManage,
    users: legacyUsers,
    user: legacyUser,
    register: legacyRegister,
    edit: legacyEdit,
    retire: legacyRetire,
    removed: removedServices,
  }),
  errors: VPP_ERRORS,
  renderError: renderLegacyError,
  unknownPath: 'PATH_NOT_FOUND',
  wrongMethod: 'WRONG_METHOD',
  bodyTooLarge: 'BODY_TOO_LARGE',
  malformedBody: '9602',
  internalError: '9603',
  tooManyRequests: '9646',
};
