import { AppleError } from '../../core/apple-error.ts';
import { type Outcome, type Pace, type Response, respond, withHeaders } from '../../core/outcome.ts';
import type { HeaderFields, HttpRequest } from '../../core/request.ts';
import type { Organization } from '../../organization/organization.ts';
import type { Operation, Service } from '../service.ts';
import type { AppliedFault } from './applied-fault.ts';
import type { FaultAnswer } from './definition.ts';

/** Applies a fault to the outcome of an operation: delays, slower bodies, altered bodies. */
export function applyFault(
  outcome: Outcome,
  applied: AppliedFault | undefined,
  operation: Operation,
  request: HttpRequest,
): Outcome {
  if (applied === undefined || outcome.kind !== 'response') return outcome;
  const { answer } = applied.definition;
  const paced = slowed(outcome, applied);
  return answer === undefined ? paced : alteredResponse(paced, answer, operation, request, applied.id);
}

function slowed(response: Response, { latency, definition: { bytesPerSecond } }: AppliedFault): Response {
  if (latency === undefined && bytesPerSecond === undefined) return response;
  const pace: Pace = { delay: latency ?? 0, ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }) };
  return { ...response, pace };
}

function alteredResponse(
  response: Response,
  answer: FaultAnswer,
  operation: Operation,
  request: HttpRequest,
  id: string,
): Response {
  const changed = (altered: Partial<Response>, how: string): Response => {
    const why = `${id} of the fault table ${how}`;
    return { ...response, ...altered, why: response.why === undefined ? why : `${response.why}; ${why}` };
  };
  const { body } = response;
  // Streamed bytes are not JSON.
  const known = typeof body === 'string' || body instanceof Uint8Array;
  if ('stream_limit' in answer) {
    const limit = { kind: 'stream_limit', maxConcurrentStreams: answer.stream_limit } as const;
    return { ...response, effects: [...(response.effects ?? []), limit] };
  }
  if ('truncated_json' in answer && known) {
    return changed({ body: body.slice(0, Math.floor(body.length / 2)) }, 'cuts the body in half');
  }
  if ('malformed_json' in answer && known) {
    return changed({ body: malformed(body) }, 'makes the body no JSON');
  }
  if ('stuck_cursor' in answer || 'sync_events' in answer) {
    const page = operation.alterPage?.(answer, request, response);
    return page === undefined ? response : changed({ body: page }, 'alters the page');
  }
  return response;
}

const BRACE = '{'.charCodeAt(0);

/** One more brace makes any body invalid JSON. */
function malformed(body: string | Uint8Array): string | Uint8Array {
  if (typeof body === 'string') return `{${body}`;
  const longer = new Uint8Array(body.length + 1);
  longer[0] = BRACE;
  longer.set(body, 1);
  return longer;
}

/** The outcome that a fault returns instead of running the operation; undefined if the operation runs. */
export function faultAnswer(
  service: Service,
  organization: Organization,
  { id, definition, retryAfter }: AppliedFault,
  request: HttpRequest,
): Outcome | undefined {
  const { rateLimit } = definition;
  const answer =
    definition.answer ??
    (rateLimit === undefined ? undefined : { error: service.errorRoles.tooManyRequests });
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
