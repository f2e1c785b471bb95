import type { AppleError } from '../../core/apple-error.ts';
import type { MdmServer } from '../../organization/enrollment/mdm-server.ts';
import type { Organization } from '../../organization/organization.ts';
import { depError } from './dep-error.ts';

/**
 * A lapse is met on `/session` and on calls of a session that is still good:
 * https://github.com/fleetdm/fleet/issues/8431
 */
export function termsProblem(organization: Organization, where: 'session' | 'calls'): AppleError | undefined {
  if (organization.enrollment.terms === 'accepted') return undefined;
  const { expired_terms } = organization.behavior.dep;
  if (expired_terms !== 'everywhere' && expired_terms !== where) return undefined;
  return depError('T_C_NOT_SIGNED', 'the organization has not accepted the newest terms and conditions');
}

/** Counts the request. No limit is published: https://github.com/cmdmnt/commandment shows the simulator's answer. */
export function tooManyRequests(organization: Organization, server: MdmServer): AppleError | undefined {
  const { requests_per_minute, retry_after } = organization.behavior.dep;
  if (requests_per_minute === 0) return undefined;
  organization.apply({ type: 'request_counted', server: server.index });
  if (server.window.requests <= requests_per_minute) return undefined;
  const seconds = Math.max(1, Math.ceil(retry_after / 1000));
  return depError(
    'TOO_MANY_REQUESTS',
    `"${server.serverName}" sent ${server.window.requests} requests within a minute; ${requests_per_minute} are allowed`,
    { 'retry-after': String(seconds) },
  );
}
