import type { Service } from '../operation.ts';
import { account } from './account.ts';
import { activationLock } from './activation-lock.ts';
import { alterPage } from './alter-page.ts';
import { assignProfile } from './assign-profile.ts';
import { consumerKeyCredential } from './authenticate-oauth.ts';
import { betaTokens } from './beta-tokens.ts';
import { defineProfile } from './define-profile.ts';
import { deniedPaths } from './denied-paths.ts';
import { deviceDetails } from './device-details.ts';
import { disownDevices } from './disown-devices.ts';
import { fetchDevices } from './fetch-devices.ts';
import { getAccountDrivenProfile } from './get-account-driven-profile.ts';
import { getProfile } from './get-profile.ts';
import { removeAccountDrivenProfile } from './remove-account-driven-profile.ts';
import { removeProfile } from './remove-profile.ts';
import { renderError } from './render.ts';
import { replacementDetails } from './replacement-details.ts';
import { session } from './session.ts';
import { sessionCredential } from './session-token.ts';
import { setAccountDrivenProfile } from './set-account-driven-profile.ts';
import { DEPSIM_CREDENTIAL, simulatorToken } from './simulator-token.ts';
import { syncDevices } from './sync-devices.ts';

/** Device Enrollment (DEP, Automated Device Enrollment). */
export const dep: Service = {
  name: 'dep',
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
    ...deniedPaths,
    simulatorToken,
  ],
  credentials(organization) {
    const keys = organization.enrollment.servers.flatMap((server) =>
      server.tokens.map((token) => consumerKeyCredential(token.consumer_key)),
    );
    const simulator = organization.definition.depsim ? [DEPSIM_CREDENTIAL] : [];
    return [...new Set(keys), sessionCredential(organization), ...simulator];
  },
  renderError,
  unknownPath: 'PATH_NOT_FOUND',
  wrongMethod: 'METHOD_NOT_ALLOWED',
  bodyTooLarge: 'BODY_TOO_LARGE',
  malformedBody: 'MALFORMED_REQUEST_BODY',
  internalError: 'INTERNAL_SERVER_ERROR',
  alterPage,
  tooManyRequests: 'TOO_MANY_REQUESTS',
};
