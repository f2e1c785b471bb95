import type { Service } from '../../engine/service.ts';
import { VPP_ERRORS } from '../vpp/errors.ts';
import { devicesIn } from '../vpp/request-checks.ts';
import { legacyClientConfig } from './client-config.ts';
import { legacyAssets } from './get-assets.ts';
import { legacyAssignments } from './get-assignments.ts';
import { legacyLicenses } from './get-licenses.ts';
import { legacyUser, legacyUsers } from './get-users.ts';
import { legacyManage } from './manage-licenses.ts';
import { legacyEdit, legacyRegister, legacyRetire } from './manage-users.ts';
import { renderLegacyError } from './render.ts';
import { legacyServiceConfig, removedServices } from './service-config.ts';

/** Apps and Books, version 1, which Apple keeps in maintenance. Fields and behavior settings are those of `vpp`. */
export const vppV1: Service = {
  name: 'vpp_v1',
  title: 'Apps and Books, version 1',
  about: 'The API that came before the current one; Apple keeps it in maintenance',
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
  fields: {},
  errors: VPP_ERRORS,
  errorRoles: {
    unknownPath: 'PATH_NOT_FOUND',
    wrongMethod: 'WRONG_METHOD',
    bodyTooLarge: 'BODY_TOO_LARGE',
    malformedBody: '9602',
    internalError: '9603',
    tooManyRequests: '9646',
  },
  renderError: renderLegacyError,
  devices: { keys: devicesIn },
  docs: { page: 'vpp', part: 'v1', errors: 'none' },
};
