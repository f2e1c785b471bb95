import type { AppleError } from '../../core/apple-error.ts';
import { type Response, respond } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import { rowOf } from '../../engine/service.ts';
import type { Organization } from '../../organization/organization.ts';
import { DEP_ERRORS } from './errors.ts';

/** A successful response in JSON. */
export function json(organization: Organization, value: unknown): Response {
  return respond(200, contentType(organization), JSON.stringify(value));
}

/** A successful response from JSON text. */
export function written(organization: Organization, json: string | Uint8Array): Response {
  return respond(200, contentType(organization), json);
}

const contentType = (organization: Organization) => ({
  'content-type': organization.behavior.dep.success_content_type,
});

/** A successful response without a body. */
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

/** Members of an object to append to others: `,"a":1,"b":2`. Undefined ones are left out. */
export function membersText(members: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(members).slice(1, -1);
  return text === '' ? '' : `,${text}`;
}

export const NEWEST_VERSION = 10;

/**
 * The protocol version, which decides which fields the client sees. Apple no longer documents requests without the
 * header; they get the oldest version.
 */
export function protocolVersion(organization: Organization, request: HttpRequest): number {
  const { field_gating, version_default } = organization.behavior.dep;
  if (field_gating === 'off') return NEWEST_VERSION;
  const text = request.headers['x-server-protocol-version']?.trim() ?? '';
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) return version_default;
  return Math.min(Number(text), NEWEST_VERSION);
}
