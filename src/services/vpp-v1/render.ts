import type { AppleError } from '../../core/apple-error.ts';
import { type Response, respond } from '../../core/outcome.ts';
import { rowOf } from '../../engine/service.ts';
import { offsetDate } from '../../organization/content/content-token.ts';
import type { Organization } from '../../organization/organization.ts';
import type { ContentManager } from '../vpp/credentials.ts';
import { VPP_ERRORS } from '../vpp/errors.ts';
import { JSON_TYPE, retryAfter } from '../vpp/render.ts';

const FIFTEEN_DAYS = 15 * 24 * 60 * 60 * 1000;

/** 0 done, -1 failed, -3 failed in part: https://developer.apple.com/documentation/devicemanagement/manage-licenses */
export type LegacyStatus = 0 | -1 | -3;

export function legacyAnswer(
  { behavior, runtime }: Organization,
  { location, token }: ContentManager,
  members: Readonly<Record<string, unknown>>,
  status: LegacyStatus = 0,
): Response {
  const showsDate =
    behavior.vpp.token_expiration_date === 'always' || token.expiresAt - runtime.clock.now() <= FIFTEEN_DAYS;
  return legacyJson({
    ...members,
    ...(location.clientContext === undefined ? {} : { clientContext: location.clientContext }),
    expirationMillis: token.expiresAt,
    ...(token.kind === 'legacy'
      ? {}
      : { location: { locationId: location.locationId, locationName: location.name } }),
    ...(showsDate ? { tokenExpDate: offsetDate(token.expiresAt) } : {}),
    status,
    uId: location.uId,
  });
}

export const legacyJson = (value: unknown): Response =>
  respond(200, { 'content-type': JSON_TYPE }, JSON.stringify(value));

/** Numbers up to this belong to v1, which returns them with status 200. */
const LAST_LEGACY_NUMBER = 9646;

export function renderLegacyError(organization: Organization, error: AppleError): Response {
  const row = rowOf(VPP_ERRORS, error.name);
  if (row === undefined) throw new Error(`no error of Apps and Books is named ${error.name}`);
  const number = Number(error.name);
  if (number <= LAST_LEGACY_NUMBER) {
    const body = JSON.stringify({ ...(JSON.parse(row.body) as object), status: -1 });
    return { ...respond(200, { 'content-type': JSON_TYPE, ...error.headers }, body), why: error.why };
  }
  const type = row.body === '' ? {} : { 'content-type': JSON_TYPE };
  const headers = { ...type, ...retryAfter(organization, row.status), ...error.headers };
  return { ...respond(row.status, headers, row.body), why: error.why };
}
