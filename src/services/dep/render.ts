import type { AppleError } from '../../core/apple-error.ts';
import { type Response, respond } from '../../core/outcome.ts';
import type { Organization } from '../../organization/organization.ts';
import { rowOf } from '../error-row.ts';
import { DEP_ERRORS } from './errors.ts';

/** A successful answer in JSON. */
export function json(organization: Organization, value: unknown): Response {
  return respond(200, contentType(organization), JSON.stringify(value));
}

/** A successful answer whose JSON is written already. */
export function written(organization: Organization, json: string | Uint8Array): Response {
  return respond(200, contentType(organization), json);
}

const contentType = (organization: Organization) => ({
  'content-type': organization.behavior.dep.success_content_type,
});

/** A successful answer without a body. */
export const empty = (): Response => respond(200);

/**
 * The bare word and nothing else, as the archived "MDM Protocol Reference" shows it; the simulator put it in
 * quotes (https://github.com/micromdm/nanodep/blob/main/godep/client.go).
 */
export function renderError(organization: Organization, error: AppleError): Response {
  const { error_body, error_content_type } = organization.behavior.dep;
  const row = rowOf(DEP_ERRORS, error.name);
  if (row === undefined) throw new Error(`no DEP error is named ${error.name}`);
  const body = row.body !== '' && error_body === 'quoted' ? JSON.stringify(row.body) : row.body;
  const headers = body === '' ? error.headers : { 'content-type': error_content_type, ...error.headers };
  return { ...respond(row.status, headers, body), why: error.why };
}
