import type { Service } from '../operation.ts';
import { operationsOf } from '../table.ts';
import { account } from './account.ts';
import { activationLock } from './activation-lock.ts';
import { alterPage } from './alter-page.ts';
import { assignProfile } from './assign-profile.ts';
import { betaTokens } from './beta-tokens.ts';
import { defineProfile } from './define-profile.ts';
import { roster, tvProvider } from './denied-paths.ts';
import { deviceDetails } from './device-details.ts';
import { disownDevices } from './disown-devices.ts';
import { DEP_ERRORS } from './errors.ts';
import { fetchDevices } from './fetch-devices.ts';
import { getAccountDrivenProfile } from './get-account-driven-profile.ts';
import { getProfile } from './get-profile.ts';
import { removeAccountDrivenProfile } from './remove-account-driven-profile.ts';
import { removeProfile } from './remove-profile.ts';
import { renderError } from './render.ts';
import { replacementDetails } from './replacement-details.ts';
import { session } from './session.ts';
import { setAccountDrivenProfile } from './set-account-driven-profile.ts';
import { simulatorToken } from './simulator-token.ts';
import { syncDevices } from './sync-devices.ts';
import { DEP_ROWS, depTable } from './table.ts';

/** What answers for Device Enrollment. */
export const dep: Service = {
  name: depTable.name,
  hosts: depTable.hosts,
  operations: operationsOf(DEP_ROWS, {
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
    roster,
    tvProvider,
    simulatorToken,
  }),
  errors: DEP_ERRORS,
  renderError,
  unknownPath: 'PATH_NOT_FOUND',
  wrongMethod: 'METHOD_NOT_ALLOWED',
  bodyTooLarge: 'BODY_TOO_LARGE',
  malformedBody: 'MALFORMED_REQUEST_BODY',
  internalError: 'INTERNAL_SERVER_ERROR',
  alterPage,
  tooManyRequests: 'TOO_MANY_REQUESTS',
};
