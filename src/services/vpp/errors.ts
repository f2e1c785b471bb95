import { AppleError } from '../../core/apple-error.ts';
import type { HeaderFields } from '../../core/request.ts';
import type { ErrorRow } from '../../engine/service.ts';
import { VPP_PAGES as PAGE } from './pages.ts';

/**
 * Errors of Apps and Books by number. The status is that of v2; v1 returns 200 with `status: -1`. The messages are
 * our own: Apple reserves the right to change them.
 */
export const VPP_ERRORS = {
  9600: row(9600, 400, 'required argument missing', PAGE.legacyErrors),
  9601: row(9601, 401, 'login required', PAGE.errors),
  9602: row(9602, 400, 'invalid argument', PAGE.errors),
  9603: row(9603, 500, 'internal error', PAGE.errors),
  9604: row(9604, 400, 'result not found', PAGE.legacyErrors),
  9605: row(9605, 400, 'account of another storefront', PAGE.legacyErrors),
  9606: row(9606, 400, 'the token could not be made', PAGE.legacyErrors),
  9607: row(9607, 400, 'the license cannot be taken back', PAGE.legacyErrors),
  9608: row(9608, 400, 'a back end answered nothing', PAGE.legacyErrors),
  9609: row(9609, 400, 'registered user not found', PAGE.errors),
  9610: row(9610, 400, 'license not found', PAGE.legacyErrors),
  9611: row(9611, 400, 'administrator not found', PAGE.legacyErrors),
  9612: row(9612, 400, 'the job that claims could not be made', PAGE.legacyErrors),
  9613: row(9613, 400, 'the job that gives back could not be made', PAGE.legacyErrors),
  9614: row(9614, 400, 'date in an unknown form', PAGE.legacyErrors),
  9615: row(9615, 400, 'the country of the organization is not known', PAGE.legacyErrors),
  9616: row(9616, 400, 'license already assigned', PAGE.legacyErrors),
  9617: row(9617, 400, 'the service moved, read the service config again', PAGE.legacyServiceConfig),
  9618: row(9618, 400, 'user already retired', PAGE.legacyErrors),
  9619: row(9619, 400, 'license not associated', PAGE.legacyErrors),
  9620: row(9620, 400, 'user already deleted', PAGE.legacyErrors),
  9621: row(9621, 401, 'the content token has expired', PAGE.errors),
  9622: row(9622, 200, 'invalid authentication token', PAGE.errors),
  9623: row(9623, 400, 'invalid push token', PAGE.errors),
  9624: row(9624, 400, 'license refunded', PAGE.legacyErrors),
  9625: row(9625, 401, 'the content token has been revoked', PAGE.errors),
  9626: row(9626, 400, 'the license is held by another user', PAGE.legacyErrors),
  9627: row(9627, 400, 'the license was given to others too often', PAGE.archived),
  9628: row(9628, 400, 'the item cannot be assigned to devices', PAGE.legacyErrors),
  9629: row(9629, 400, 'the content token does not fit the batch token', PAGE.archived),
  9630: row(9630, 400, 'too many repeats of an assignment that exists', PAGE.legacyErrors),
  9631: row(9631, 400, 'too many repeats for want of licenses', PAGE.legacyErrors),
  9632: row(9632, 400, 'too many identical calls', PAGE.legacyErrors),
  9633: row(9633, 400, 'the data of the batch token cannot be recovered', PAGE.legacyErrors),
  9634: row(9634, 410, 'the service was removed', PAGE.errors),
  9635: row(9635, 400, 'the Apple ID cannot be associated', PAGE.legacyErrors),
  9636: row(9636, 400, 'no registered user', PAGE.legacyErrors),
  9637: row(9637, 403, 'the token may not do this', PAGE.errors),
  9638: row(9638, 400, 'facilitator group not found', PAGE.legacyErrors),
  9639: row(9639, 400, 'not a member of the facilitator group', PAGE.legacyErrors),
  9640: row(9640, 400, 'the facilitator group rejects it', PAGE.legacyErrors),
  9641: row(9641, 400, 'the Apple ID is associated with a user already', PAGE.legacyErrors),
  9642: row(9642, 400, 'the content manager has not accepted the terms of the store', PAGE.legacyErrors),
  9643: row(9643, 400, 'the license is locked by a transfer', PAGE.legacyErrors),
  9644: row(9644, 503, 'maintenance', PAGE.errors),
  9645: row(
    9645,
    400,
    "the location is managed by Apple's own service and can only be read",
    PAGE.legacyErrors,
  ),
  9646: row(9646, 429, 'too many requests', PAGE.errors),
  9647: row(9647, 403, 'not for legacy tokens', PAGE.errors),
  9650: row(9650, 400, 'page index out of range', PAGE.paging),
  9700: row(9700, 400, 'too many assets', PAGE.errors),
  9701: row(9701, 400, 'too many client user ids', PAGE.errors),
  9702: row(9702, 400, 'too many serial numbers', PAGE.errors),
  9703: row(9703, 400, 'duplicate assets', PAGE.errors),
  9704: row(9704, 400, 'duplicate client user ids', PAGE.errors),
  9705: row(9705, 400, 'duplicate serial numbers', PAGE.errors),
  9706: row(9706, 400, 'the asset cannot be taken back', PAGE.errors),
  9707: row(9707, 400, 'the asset cannot be assigned to devices', PAGE.errors),
  9708: row(9708, 400, 'event id not found', PAGE.errors),
  9709: row(9709, 400, 'not enough assets available', PAGE.errors),
  9710: row(
    9710,
    400,
    'notification URL and authentication token must come together',
    PAGE.clientConfigRequest,
  ),
  9711: row(9711, 400, 'notification URL or authentication token too long', PAGE.clientConfigRequest),
  9712: row(9712, 400, 'notification URL is not valid', PAGE.clientConfigRequest),
  9713: row(9713, 400, 'mdmInfo.metadata too long', PAGE.clientConfigRequest),
  9714: row(9714, 400, 'too many users', PAGE.errors),
  9715: row(9715, 400, 'duplicate users', PAGE.errors),
  9716: row(9716, 400, 'client user id registered already', PAGE.errors),
  9717: row(9717, 400, 'invalid e-mail address', PAGE.errors),
  9718: row(9718, 400, 'no assets given', PAGE.errors),
  9719: row(9719, 400, 'neither client user ids nor serial numbers given', PAGE.errors),
  9720: row(9720, 400, 'no users given', PAGE.errors),
  9721: row(9721, 400, 'invalid version id', PAGE.paging),
  9722: row(9722, 401, 'the Authorization header must be a bearer token', PAGE.errors),
  9723: row(9723, 400, 'mdmInfo needs id, name and metadata', PAGE.clientConfigRequest),
  9724: row(9724, 400, 'mdmInfo.id too long', PAGE.clientConfigRequest),
  9725: row(9725, 400, 'mdmInfo.name too long', PAGE.clientConfigRequest),
  9726: row(9726, 405, 'method not supported', PAGE.errors),
  9727: row(9727, 415, 'content type not supported', PAGE.errors),
  9728: row(9728, 400, 'notification URL could not be reached', PAGE.notifications),
  9729: row(9729, 503, 'temporarily unavailable', PAGE.errors),
  9805: row(
    9805,
    400,
    'too many subscriptions, by the number of the page on subscriptions',
    PAGE.managingSubscriptions,
  ),
  9811: row(9811, 400, 'the subscription cannot be associated', PAGE.managingSubscriptions),
  9812: row(9812, 400, 'invalid cursor', PAGE.managingSubscriptions),
  9813: row(9813, 400, 'invalid Adam ID', PAGE.managingSubscriptions),
  9814: row(9814, 400, 'client user id without associated user', PAGE.managingSubscriptions),
  9815: row(9815, 400, 'the user does not have that subscription', PAGE.managingSubscriptions),
  9816: row(9816, 400, 'too many subscriptions', PAGE.errors),
  9817: row(9817, 400, 'the user has the subscription by a group', PAGE.managingSubscriptions),
  9818: row(9818, 400, 'subscriptions exist, so they cannot be disabled', PAGE.disableSubscriptions),
  WRONG_METHOD: text(405, '', 'a method that v1 does not take', 'default'),
  PATH_NOT_FOUND: text(404, '', 'no such path', 'default'),
  BODY_TOO_LARGE: text(413, '', 'the body is larger than the server reads', 'default'),
  LOOKUP_7011: text(400, '{"status":7011}', 'the parameter p is missing', PAGE.legacyMetadata),
  LOOKUP_7012: text(400, '{"status":7012}', 'the parameter p is no known lookup', PAGE.legacyMetadata),
  LOOKUP_403: text(403, '', 'the parameter caller is missing', PAGE.legacyMetadata),
  CATALOG_40100: catalog(401, '40100', 'Unauthorized', 'the developer token is not accepted'),
  CATALOG_40300: catalog(403, '40300', 'Forbidden', 'the content token or the ids are not accepted'),
  CATALOG_40400: catalog(404, '40400', 'Resource Not Found', 'no such resource'),
  CATALOG_40000: catalog(400, '40000', 'Bad Request', 'a parameter is missing or wrong'),
  CATALOG_42900: catalog(429, '42900', 'Too Many Requests', 'too many requests'),
} as const satisfies Readonly<Record<string, ErrorRow>>;

/** Errors of the metadata APIs. */
export const isMetadataError = (name: string): boolean => /^(?:CATALOG|LOOKUP)_/.test(name);

export type VppErrorName = `${keyof typeof VPP_ERRORS}`;

function row(number: number, status: number, when: string, source: string): ErrorRow {
  const errorMessage = `${when.charAt(0).toUpperCase()}${when.slice(1)}.`;
  return { status, body: JSON.stringify({ errorNumber: number, errorMessage }), when, source };
}

function text(status: number, body: string, when: string, source: string): ErrorRow {
  return { status, body, when, source };
}

/** https://github.com/fleetdm/fleet/issues/43596 shows the form. */
function catalog(status: number, code: string, title: string, when: string): ErrorRow {
  const error = { id: `CRABAPPLE${code}`, title, detail: when, status: String(status), code };
  return { status, body: JSON.stringify({ errors: [error] }), when, source: PAGE.catalogRequests };
}

const BY_NUMBER: Readonly<Record<string, ErrorRow>> = VPP_ERRORS;

/** The message for a number. */
export function vppErrorText(number: number): string {
  const body = BY_NUMBER[number]?.body;
  return body === undefined ? 'Unknown error.' : (JSON.parse(body) as { errorMessage: string }).errorMessage;
}

/** Numbers that the service configs of v2 and v1 list. */
export const V2_ERROR_NUMBERS: readonly number[] = numbersFor(
  (number) =>
    [9601, 9602, 9603, 9609, 9621, 9622, 9623, 9625, 9634, 9635, 9637, 9641, 9644, 9646, 9647].includes(
      number,
    ) || number >= 9650,
);
export const V1_ERROR_NUMBERS: readonly number[] = numbersFor((number) => number < 9647);

function numbersFor(listed: (number: number) => boolean): readonly number[] {
  return Object.keys(VPP_ERRORS)
    .map(Number)
    .filter((number) => Number.isInteger(number) && number !== 9805 && listed(number));
}

/** The member `errorInfo` of an error. */
export interface ErrorInfo {
  readonly assets?: readonly unknown[];
  readonly clientUserIds?: readonly string[];
  readonly serialNumbers?: readonly string[];
}

export class VppError extends AppleError<VppErrorName> {
  readonly info: ErrorInfo | undefined;

  constructor(name: VppErrorName, why: string, headers: HeaderFields, info: ErrorInfo | undefined) {
    super(name, why, headers);
    this.info = info;
  }
}

/** @param why for the log, the journal and `x-crabapple-why` */
export const vppError = (name: VppErrorName, why: string, info?: ErrorInfo): VppError =>
  new VppError(name, why, {}, info);
