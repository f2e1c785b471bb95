import type { AppleError } from '../../core/apple-error.ts';
import { type Response, respond } from '../../core/outcome.ts';
import type { HeaderFields, HttpRequest } from '../../core/request.ts';
import { rowOf } from '../../engine/service.ts';
import { offsetDate } from '../../organization/content/content-token.ts';
import type { Organization } from '../../organization/organization.ts';
import type { ContentManager } from './credentials.ts';
import { VPP_ERRORS, VppError } from './errors.ts';

export const JSON_TYPE = 'application/json;charset=utf-8';

const FIFTEEN_DAYS = 15 * 24 * 60 * 60 * 1000;

/** Members of every response to a content manager. */
export function commonMembers(
  { behavior, runtime }: Organization,
  { location, token }: ContentManager,
): Record<string, unknown> {
  const { mdmInfo } = location.config;
  const showsDate =
    behavior.vpp.token_expiration_date === 'always' || token.expiresAt - runtime.clock.now() <= FIFTEEN_DAYS;
  return {
    ...(mdmInfo === undefined ? {} : { mdmInfo }),
    ...(showsDate ? { tokenExpirationDate: offsetDate(token.expiresAt) } : {}),
    uId: location.uId,
  };
}

export function answer(
  organization: Organization,
  manager: ContentManager,
  members: Readonly<Record<string, unknown>>,
): Response {
  return json({ ...members, ...commonMembers(organization, manager) });
}

export const json = (value: unknown): Response =>
  respond(200, { 'content-type': JSON_TYPE }, JSON.stringify(value));

/** `Retry-After` comes with 429 and 5xx: https://developer.apple.com/documentation/devicemanagement/handling-error-responses */
export function retryAfter({ behavior }: Organization, status: number): HeaderFields {
  const seconds = Math.ceil(behavior.vpp.retry_after / 1000);
  return seconds > 0 && (status === 429 || status >= 500) ? { 'retry-after': String(seconds) } : {};
}

/** 9622 was recorded with 200 (https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/vpp/api.go); Apple documents 401 for its siblings. */
function statusOf({ behavior }: Organization, name: string, status: number): number {
  if (name === '9622') return Number(behavior.vpp.invalid_token);
  if (name === '9621' || name === '9625') return Number(behavior.vpp.token_status);
  return status;
}

export function renderError(organization: Organization, error: AppleError): Response {
  const row = rowOf(VPP_ERRORS, error.name);
  if (row === undefined) throw new Error(`no error of Apps and Books is named ${error.name}`);
  const status = statusOf(organization, error.name, row.status);
  const info = error instanceof VppError ? error.info : undefined;
  const body = info === undefined ? row.body : JSON.stringify({ ...JSON.parse(row.body), errorInfo: info });
  const type = body === '' ? {} : { 'content-type': JSON_TYPE };
  const headers = { ...type, ...retryAfter(organization, status), ...error.headers };
  return { ...respond(status, headers, body), why: error.why };
}

/** Scheme and authority of the request, for URLs in the response. */
export const originOf = ({ scheme, authority }: HttpRequest): string => `${scheme}://${authority}`;
