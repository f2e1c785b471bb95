import { AppleError } from '../../http/apple-error.ts';
import { type Response, respond, withHeaders } from '../../http/outcome.ts';
import type { HeaderFields } from '../../http/request.ts';
import type { Organization } from '../../organization/organization.ts';
import type { Service } from '../../services/operation.ts';
import type { Fault } from './fault-table.ts';

/** The answer that a fault puts in place of the operation's; undefined where it only takes its time. */
export function faultAnswer(
  service: Service,
  organization: Organization,
  fault: Fault,
): Response | undefined {
  const { answer, retryAfter } = fault.definition;
  if (answer === undefined) return undefined;
  const why = `${fault.id} of the fault table answers`;
  const retry: HeaderFields = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  if ('error' in answer) return service.renderError(organization, new AppleError(answer.error, why, retry));
  const headers: HeaderFields =
    answer.body === undefined ? {} : { 'content-type': 'text/plain;Charset=UTF8' };
  const given = Object.fromEntries(
    Object.entries(answer.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return { ...withHeaders(respond(answer.status, { ...headers, ...given }, answer.body ?? ''), retry), why };
}
