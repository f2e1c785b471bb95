import type { AppleError } from '../../core/apple-error.ts';
import type { ConnectionEffect } from '../../core/connection.ts';
import { uuidOfWords } from '../../core/hexadecimal.ts';
import type { Body, Outcome, Response } from '../../core/outcome.ts';
import { pushEnvironment } from '../../core/push-environment.ts';
import type { Random } from '../../core/random.ts';
import { type HeaderFields, type HttpRequest, hostName } from '../../core/request.ts';
import { rowOf } from '../../engine/service.ts';
import type { Organization } from '../../organization/organization.ts';
import { drawPushIds } from '../../organization/push/send.ts';
import { APNS_ERRORS } from './errors.ts';
import { effectsOfRejection, effectsOfSuccess } from './push-connection.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => text.length === 36 && UUID.test(text);

/** A random UUID in lower case. */
export const randomUuid = (random: Random): string =>
  uuidOfWords(random.uint32(), random.uint32(), random.uint32(), random.uint32());

/** The header field that names a push, or a request that concerns channels. */
export type MessageIdHeader = 'apns-id' | 'apns-request-id';

export const messageIdHeader = (path: string): MessageIdHeader =>
  path.startsWith('/1/') || path.startsWith('/4/') ? 'apns-request-id' : 'apns-id';

/** Whether the id of the client is missing or a UUID. */
export const messageIdFits = (given: string | undefined): boolean => given === undefined || isUuid(given);

export function generatedId(organization: Organization): string {
  const id = drawPushIds(organization, randomUuid);
  return organization.behavior.apns.generated_id === 'upper' ? id.toUpperCase() : id;
}

/** The id of the response: the client's, unchanged, if it is a UUID; else a generated one. */
export function messageIdOf(
  organization: Organization,
  request: HttpRequest,
  header: MessageIdHeader,
): string {
  const given = request.headers[header];
  return given !== undefined && isUuid(given) ? given : generatedId(organization);
}

/**
 * Responses of the sandbox carry an id for the Push Notifications Console:
 * https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns
 */
export function showsUniqueId({ behavior }: Organization, request: HttpRequest): boolean {
  const { unique_id } = behavior.apns;
  if (unique_id === 'sandbox') return pushEnvironment(hostName(request.authority)) === 'sandbox';
  return unique_id === 'always';
}

interface Answer {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly body: Body;
  readonly effects: readonly ConnectionEffect[];
  readonly why: string | undefined;
}

function answer(organization: Organization, { status, headers, body, effects, why }: Answer): Response {
  const dated = organization.behavior.apns.date_header
    ? { ...headers, date: new Date(organization.runtime.clock.now()).toUTCString() }
    : headers;
  const response: Response = { kind: 'response', status, headers: dated, body };
  if (effects.length === 0 && why === undefined) return response;
  return {
    ...response,
    ...(effects.length === 0 ? {} : { effects }),
    ...(why === undefined ? {} : { why }),
  };
}

/** The response to an accepted push. */
export function accepted(
  organization: Organization,
  request: HttpRequest,
  apnsId: string,
  why: string | undefined,
): Response {
  const headers: HeaderFields = showsUniqueId(organization, request)
    ? { 'apns-id': apnsId, 'apns-unique-id': generatedId(organization).toLowerCase() }
    : { 'apns-id': apnsId };
  const effects = effectsOfSuccess(organization, request);
  return answer(organization, { status: 200, headers, body: '', effects, why });
}

/** The response to a channel request. */
export function channelAnswer(
  organization: Organization,
  request: HttpRequest,
  status: number,
  headers: HeaderFields = {},
  value?: unknown,
): Response {
  const id = messageIdOf(organization, request, 'apns-request-id');
  return answer(organization, {
    status,
    headers: {
      'apns-request-id': id,
      ...headers,
      ...(value === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: value === undefined ? '' : JSON.stringify(value),
    effects: effectsOfSuccess(organization, request),
    why: undefined,
  });
}

/**
 * Reasons for which the live service ends the connection instead of responding:
 * https://github.com/sideshow/apns2/issues/93
 */
const ENDS_CONNECTION: ReadonlySet<string> = new Set(['BadCertificate', 'BadCertificateEnvironment']);

/** https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns */
export function renderError(organization: Organization, error: AppleError, request: HttpRequest): Outcome {
  const { bad_certificate, retry_after } = organization.behavior.apns;
  const row = rowOf(APNS_ERRORS, error.name);
  if (row === undefined) throw new Error(`no reason of the push service is named ${error.name}`);
  const { connection } = request.transport;
  if (ENDS_CONNECTION.has(error.name) && bad_certificate === 'goaway' && connection?.protocol === 'h2') {
    return { kind: 'goaway', reason: error.name, why: error.why };
  }
  const header = messageIdHeader(request.path);
  const busy = row.status === 429 || row.status === 503;
  return answer(organization, {
    status: row.status,
    headers: {
      'content-type': 'application/json',
      [header]: messageIdOf(organization, request, header),
      ...(busy && retry_after > 0 ? { 'retry-after': String(Math.ceil(retry_after / 1000)) } : {}),
      ...error.headers,
    },
    // One string, which a transport sends as one piece: some clients read no more than that
    // (https://github.com/jchambers/pushy, https://github.com/Fatal1ty/aioapns).
    body: JSON.stringify({ reason: error.name, ...timestampOf(error, row.status, organization) }),
    effects: effectsOfRejection(organization, request, row.status),
    why: error.why,
  });
}

/** 410 always has a timestamp: some clients fail without it (https://github.com/Pr0Ger/PyAPNs2). */
function timestampOf(
  { members }: AppleError,
  status: number,
  { runtime }: Organization,
): Readonly<Record<string, unknown>> {
  return status === 410 && members.timestamp === undefined
    ? { ...members, timestamp: runtime.clock.now() }
    : members;
}
