import { AppleError } from '../../core/apple-error.ts';
import { type Outcome, type Response, respond, withHeaders } from '../../core/outcome.ts';
import type { HeaderFields, HttpRequest } from '../../core/request.ts';
import type { Organization } from '../../organization/organization.ts';
import type { Service } from '../../services/operation.ts';
import type { AppliedFault } from './applied-fault.ts';
import type { FaultAnswer } from './definition.ts';

/** The outcome that a fault gives in place of the operation; undefined if the operation runs. */
export function faultAnswer(
  service: Service,
  organization: Organization,
  { id, definition, retryAfter }: AppliedFault,
  request: HttpRequest,
): Outcome | undefined {
  const { rateLimit } = definition;
  const answer =
    definition.answer ?? (rateLimit === undefined ? undefined : { error: service.tooManyRequests });
  if (answer === undefined) return undefined;
  const why =
    rateLimit === undefined
      ? `${id} of the fault table answers`
      : `${id} of the fault table allows ${rateLimit.requests} in ${rateLimit.per / 1000} s by ${rateLimit.by}`;
  const retry: HeaderFields = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  if ('error' in answer)
    return service.renderError(organization, new AppleError(answer.error, why, retry), request);
  if ('status' in answer) return { ...withHeaders(given(answer), retry), why };
  return wireOutcome(answer, why);
}

function given(answer: Extract<FaultAnswer, { status: number }>): Response {
  const headers: HeaderFields =
    answer.body === undefined ? {} : { 'content-type': 'text/plain;Charset=UTF8' };
  const own = Object.fromEntries(
    Object.entries(answer.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return respond(answer.status, { ...headers, ...own }, answer.body ?? '');
}

function wireOutcome(
  answer: Exclude<FaultAnswer, { error: string } | { status: number }>,
  why: string,
): Outcome | undefined {
  if ('goaway' in answer) {
    return { kind: 'goaway', why, ...(answer.goaway === true ? {} : { reason: answer.goaway }) };
  }
  if ('reset' in answer) return { kind: 'reset', why };
  if ('empty_reply' in answer) return { kind: 'empty_reply', why };
  if ('refused_stream' in answer) return { kind: 'refused_stream', why };
  if ('stall' in answer) return { kind: 'stall', why };
  return undefined;
}
