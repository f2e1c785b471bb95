import { AppleError } from '../../core/apple-error.ts';
import type { HeaderFields } from '../../core/request.ts';
import type { ErrorRow } from '../../engine/service.ts';
import { ADE_PAGES as PAGE } from './pages.ts';

const LIVE_WORDS = 'https://github.com/petarov/apple-mdm-clients';
const SIMULATOR = 'https://github.com/cmdmnt/commandment';

/** Errors of Device Enrollment. The name of a row is its word on the wire, with a suffix if one word has two statuses. */
export const DEP_ERRORS = {
  OAUTH_BAD_REQUEST: row(
    400,
    'oauth_problem_adviceBad Request',
    'an OAuth parameter is unsupported, missing or doubled',
    LIVE_WORDS,
  ),
  OAUTH_UNAUTHORIZED: row(
    401,
    'oauth_problem_adviceUnauthorized',
    'consumer key, token, signature, time or nonce is not accepted',
    LIVE_WORDS,
  ),
  SIMULATOR_BAD_REQUEST: row(400, '', 'as OAUTH_BAD_REQUEST, in the form of the simulator', SIMULATOR),
  SIMULATOR_UNAUTHORIZED: row(
    401,
    'UNAUTHORIZED',
    'as OAUTH_UNAUTHORIZED, in the form of the simulator',
    SIMULATOR,
  ),
  token_expiredForbidden: row(
    403,
    'token_expiredForbidden',
    'the server token is past its access_token_expiry',
    LIVE_WORDS,
  ),
  token_rejected: row(
    403,
    'token_rejected',
    'the server token was replaced or revoked in the portal',
    'https://github.com/fleetdm/fleet/pull/49770',
  ),
  token_rejectedUnauthorized: row(
    401,
    'token_rejected',
    'as token_rejected, in the form seen with 401',
    'https://github.com/fleetdm/fleet/pull/49770',
  ),
  signature_invalid: row(
    403,
    'signature_invalid',
    'wrong signature, in the form seen with 403',
    'https://github.com/fleetdm/fleet/pull/49770',
  ),
  ACCESS_DENIED: row(403, 'ACCESS_DENIED', 'key and token lack access to the call', PAGE.errorCodes),
  T_C_NOT_SIGNED: row(
    403,
    'T_C_NOT_SIGNED',
    'the newest terms and conditions are not accepted',
    PAGE.errorCodes,
  ),
  UNAUTHORIZED: row(401, 'UNAUTHORIZED', 'the session is missing or has expired', PAGE.archived),
  FORBIDDEN: row(403, 'FORBIDDEN', 'the session is not valid', PAGE.archived),
  METHOD_NOT_ALLOWED: row(405, '', 'wrong method', PAGE.archived),
  PATH_NOT_FOUND: row(404, '', 'no such path', 'default'),
  BODY_TOO_LARGE: row(413, '', 'the body is larger than the server reads', 'default'),
  TOO_MANY_REQUESTS: row(429, 'TOO_MANY_REQUESTS', 'too many requests in a short time', SIMULATOR),
  SERVER_ERROR: row(
    500,
    'SERVER_ERROR',
    'Apple is down',
    'https://github.com/fleetdm/fleet/tree/main/server/mdm/nanodep',
  ),
  INTERNAL_SERVER_ERROR: row(
    500,
    'Internal Server Error',
    'seen on define with fields that contradict each other',
    'https://github.com/micromdm/micromdm/issues/838',
  ),
  SERVICE_UNAVAILABLE: row(503, 'SERVICE_UNAVAILABLE', 'Apple is down', 'default'),
  MALFORMED_REQUEST_BODY: row(
    400,
    'MALFORMED_REQUEST_BODY',
    'the body is not the JSON that the call takes',
    PAGE.archived,
  ),
  USER_AGENT_MISSING: row(400, 'USER_AGENT_MISSING', 'no user agent', PAGE.fetchDevices),
  USER_AGENT_INVALID: row(400, 'USER_AGENT_INVALID', 'a user agent that Apple rejects', PAGE.fetchDevices),
  INVALID_CURSOR: row(400, 'INVALID_CURSOR', 'unknown cursor', PAGE.fetchDevices),
  EXHAUSTED_CURSOR: row(400, 'EXHAUSTED_CURSOR', 'the cursor returned everything before', PAGE.fetchDevices),
  EXPIRED_CURSOR: row(400, 'EXPIRED_CURSOR', 'the cursor is older than seven days', PAGE.syncDevices),
  CURSOR_REQUIRED: row(400, 'CURSOR_REQUIRED', 'sync without cursor', PAGE.syncDevices),
  DEVICE_ID_REQUIRED: row(400, 'DEVICE_ID_REQUIRED', 'no serial number given', PAGE.deviceDetails),
  DEVICE_NOT_FOUND: row(
    400,
    'DEVICE_NOT_FOUND',
    'unknown device or no replacement, as seen live',
    LIVE_WORDS,
  ),
  DEVICE_NOT_FOUND_404: row(
    404,
    'DEVICE_NOT_FOUND',
    'unknown device or no replacement, as documented',
    PAGE.replacementDetails,
  ),
  PROFILE_UUID_REQUIRED: row(400, 'PROFILE_UUID_REQUIRED', 'no profile_uuid given', PAGE.fetchProfile),
  NOT_FOUND: row(
    400,
    'NOT_FOUND',
    'unknown profile; on define: unknown serial numbers, old behavior',
    PAGE.fetchProfile,
  ),
  NOT_FOUND_404: row(
    404,
    'NOT_FOUND',
    'unknown profile, or no account-driven enrollment profile is set',
    PAGE.getAccountDriven,
  ),
  PROFILE_NOT_FOUND: row(404, 'PROFILE_NOT_FOUND', 'assign of an unknown profile', PAGE.assignProfile),
  PROFILE_NOT_FOUND_400: row(
    400,
    'PROFILE_NOT_FOUND',
    'assign of an unknown profile, in the form of the simulator',
    SIMULATOR,
  ),
  CONFIG_NAME_REQUIRED: row(400, 'CONFIG_NAME_REQUIRED', 'no profile_name', PAGE.defineProfile),
  CONFIG_NAME_INVALID: row(
    400,
    'CONFIG_NAME_INVALID',
    'profile_name is empty or longer than 125',
    PAGE.defineProfile,
  ),
  CONFIG_URL_REQUIRED: row(400, 'CONFIG_URL_REQUIRED', 'no url', PAGE.defineProfile),
  CONFIG_URL_INVALID: row(
    400,
    'CONFIG_URL_INVALID',
    'url is empty, longer than 2000 or no URI',
    PAGE.defineProfile,
  ),
  DEPARTMENT_REQUIRED: row(400, 'DEPARTMENT_REQUIRED', 'no department, old behavior', SIMULATOR),
  DEPARTMENT_INVALID: row(
    400,
    'DEPARTMENT_INVALID',
    'department is empty or longer than 125',
    PAGE.defineProfile,
  ),
  SUPPORT_PHONE_REQUIRED: row(
    400,
    'SUPPORT_PHONE_REQUIRED',
    'no support_phone_number, old behavior',
    SIMULATOR,
  ),
  SUPPORT_PHONE_INVALID: row(
    400,
    'SUPPORT_PHONE_INVALID',
    'support_phone_number is empty or longer than 50',
    PAGE.defineProfile,
  ),
  SUPPORT_EMAIL_INVALID: row(
    400,
    'SUPPORT_EMAIL_INVALID',
    'support_email_address is empty or longer than 250',
    PAGE.defineProfile,
  ),
  MAGIC_INVALID: row(400, 'MAGIC_INVALID', 'org_magic is empty or longer than 256', PAGE.defineProfile),
  FLAGS_INVALID: row(
    400,
    'FLAGS_INVALID',
    'is_mdm_removable is false while is_supervised is not true',
    PAGE.defineProfile,
  ),
  LOCALE_INVALID: row(400, 'LOCALE_INVALID', 'language and region do not fit', PAGE.defineProfile),
  MDM_SERVICE_DISCOVERY_URL_REQUIRED: row(
    400,
    'MDM_SERVICE_DISCOVERY_URL_REQUIRED',
    'no mdm_service_discovery_url',
    PAGE.setAccountDriven,
  ),
  MDM_SERVICE_DISCOVERY_URL_NOT_VALID: row(
    400,
    'MDM_SERVICE_DISCOVERY_URL_NOT_VALID',
    'mdm_service_discovery_url is malformed or not https',
    PAGE.setAccountDriven,
  ),
  ORG_NOT_SUPPORTED: row(
    400,
    'ORG_NOT_SUPPORTED',
    'the organization may not use this',
    PAGE.setAccountDriven,
  ),
  APPLE_SEED_FOR_IT_TURNED_OFF: row(
    403,
    'APPLE_SEED_FOR_IT_TURNED_OFF',
    'the organization blocks beta software',
    PAGE.betaTokens,
  ),
} as const satisfies Readonly<Record<string, ErrorRow>>;

export type DepErrorName = keyof typeof DEP_ERRORS;

function row(status: number, body: string, when: string, source: string): ErrorRow {
  return { status, body, when, source };
}

/** @param why in plain words, for the log, the journal and `x-crabapple-why` */
export const depError = (
  name: DepErrorName,
  why: string,
  headers: HeaderFields = {},
): AppleError<DepErrorName> => new AppleError(name, why, headers);
