import type { HttpRequest } from '../../core/request.ts';
import type { Organization } from '../../organization/organization.ts';

export const NEWEST_VERSION = 10;

/**
 * The protocol version that decides which fields the client sees. What Apple does without the header is not
 * documented any more; clients that leave it out get the oldest version.
 */
export function protocolVersion(organization: Organization, request: HttpRequest): number {
  const { field_gating, version_default } = organization.behavior.dep;
  if (field_gating === 'off') return NEWEST_VERSION;
  const text = request.headers['x-server-protocol-version']?.trim() ?? '';
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) return version_default;
  return Math.min(Number(text), NEWEST_VERSION);
}
