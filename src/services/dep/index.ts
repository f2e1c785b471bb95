import type { Service } from '../../engine/service.ts';
import { account } from './account.ts';
import {
  getAccountDrivenProfile,
  removeAccountDrivenProfile,
  setAccountDrivenProfile,
} from './account-driven-profile.ts';
import { activationLock } from './activation-lock.ts';
import { assignProfile } from './assign-profile.ts';
import { DEP_BEHAVIOR } from './behavior.ts';
import { betaTokens } from './beta-tokens.ts';
import { consumerKeyCredential, DEPSIM_CREDENTIAL, sessionCredential } from './credentials.ts';
import { defineProfile } from './define-profile.ts';
import { roster, tvProvider } from './denied-paths.ts';
import { deviceDetails } from './device-details.ts';
import { devicesIn } from './device-results.ts';
import { disownDevices } from './disown-devices.ts';
import { DEP_ERRORS } from './errors.ts';
import { fetchDevices } from './fetch-devices.ts';
import { DEP_FIELDS } from './fields.ts';
import { getProfile } from './get-profile.ts';
import { removeProfile } from './remove-profile.ts';
import { renderError } from './render.ts';
import { replacementDetails } from './replacement-details.ts';
import { session, simulatorToken } from './session.ts';
import { syncDevices } from './sync-devices.ts';

/** Automated Device Enrollment, formerly the Device Enrollment Program (DEP). */
export const dep: Service = {
  name: 'dep',
  title: 'Automated Device Enrollment',
  about: 'Devices of an organization, their MDM servers and their enrollment profiles',
  hosts: ['mdmenrollment.apple.com'],
  operations: [
    session,
    account,
    fetchDevices,
    syncDevices,
    deviceDetails,
    disownDevices,
    replacementDetails,
    activationLock,
    defineProfile,
    getProfile,
    assignProfile,
    removeProfile,
    setAccountDrivenProfile,
    getAccountDrivenProfile,
    removeAccountDrivenProfile,
    betaTokens,
    ...roster,
    tvProvider,
    simulatorToken,
  ],
  fields: DEP_FIELDS,
  errors: DEP_ERRORS,
  errorRoles: {
    unknownPath: 'PATH_NOT_FOUND',
    wrongMethod: 'METHOD_NOT_ALLOWED',
    bodyTooLarge: 'BODY_TOO_LARGE',
    malformedBody: 'MALFORMED_REQUEST_BODY',
    internalError: 'INTERNAL_SERVER_ERROR',
    tooManyRequests: 'TOO_MANY_REQUESTS',
  },
  renderError,
  behavior: DEP_BEHAVIOR,
  credentials: {
    all(organization) {
      const keys = organization.enrollment.servers.flatMap(({ tokens }) =>
        tokens.map((token) => consumerKeyCredential(token.consumer_key)),
      );
      // First, because of its message: the scenario does not write out the simulator's keys.
      const simulator = organization.definition.depsim ? [DEPSIM_CREDENTIAL] : [];
      return [...simulator, ...new Set(keys), sessionCredential(organization)];
    },
    replaced: ({ type }) => type === 'server_token_renewed',
    conflict: (credential, holder) =>
      credential === DEPSIM_CREDENTIAL
        ? `the credentials of depsim belong to the organization ${holder}; only one can have them`
        : undefined,
  },
  devices: { keys: devicesIn },
  secretHeaders: ['x-adm-auth-session'],
  docs: { page: 'dep', versions: true },
};
