import { pushEnvironment } from '../../core/push-environment.ts';
import { type HttpRequest, hostName } from '../../core/request.ts';
import type { Organization } from '../../organization/organization.ts';
import { drawPushIds } from '../../organization/push/send.ts';
import { isUuid, randomUuid } from './uuid.ts';

/** The header field that names a push, or a request that concerns channels. */
export type MessageIdHeader = 'apns-id' | 'apns-request-id';

export const messageIdHeader = (path: string): MessageIdHeader =>
  path.startsWith('/1/') || path.startsWith('/4/') ? 'apns-request-id' : 'apns-id';

/** Undefined where the client gave one that is no UUID. */
export const messageIdFits = (given: string | undefined): boolean => given === undefined || isUuid(given);

export function generatedId(organization: Organization): string {
  const id = drawPushIds(organization, randomUuid);
  return organization.behavior.apns.generated_id === 'upper' ? id.toUpperCase() : id;
}

/** The id of the answer: the client's, byte for byte, where it is one; else one of ours. */
export function messageIdOf(
  organization: Organization,
  request: HttpRequest,
  header: MessageIdHeader,
): string {
  const given = request.headers[header];
  return given !== undefined && isUuid(given) ? given : generatedId(organization);
}

/**
 * Answers of the sandbox carry an id for the Push Notifications Console:
 * https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns
 */
export function showsUniqueId({ behavior }: Organization, request: HttpRequest): boolean {
  const { unique_id } = behavior.apns;
  if (unique_id === 'sandbox') return pushEnvironment(hostName(request.authority)) === 'sandbox';
  return unique_id === 'always';
}
