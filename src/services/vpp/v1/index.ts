import type { Service } from '../../operation.ts';
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

/** Apps and Books, the API of old, which Apple keeps in maintenance. */
export const vppV1: Service = {
  name: 'vpp',
  hosts: ['vpp.itunes.apple.com'],
  operations: [
    ...legacyServiceConfig,
    ...legacyClientConfig,
    ...legacyAssets,
    ...legacyAssignments,
    ...legacyLicenses,
    ...legacyManage,
    ...legacyUsers,
    ...legacyUser,
    ...legacyRegister,
    ...legacyEdit,
    ...legacyRetire,
    ...removedServices,
  ],
  // The content tokens are those of v2, which enters them.
  credentials: () => [],
  renderError: renderLegacyError,
  unknownPath: 'PATH_NOT_FOUND',
  wrongMethod: 'WRONG_METHOD',
  bodyTooLarge: 'BODY_TOO_LARGE',
  malformedBody: '9602',
  internalError: '9603',
  tooManyRequests: '9646',
};
