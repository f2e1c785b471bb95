import type { Outcome, Pace, Response } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { Service } from '../../services/operation.ts';
import type { AppliedFault } from './applied-fault.ts';
import type { FaultAnswer } from './definition.ts';

/** Applies a fault to an outcome. */
export function altered(
  outcome: Outcome,
  applied: AppliedFault | undefined,
  service: Service,
  request: HttpRequest,
): Outcome {
  if (applied === undefined || outcome.kind !== 'response') return outcome;
  const { answer } = applied.definition;
  const paced = slowed(outcome, applied);
  return answer === undefined ? paced : alteredResponse(paced, answer, service, request, applied.id);
}

function slowed(response: Response, { latency, definition: { bytesPerSecond } }: AppliedFault): Response {
  if (latency === undefined && bytesPerSecond === undefined) return response;
  const pace: Pace = { delay: latency ?? 0, ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }) };
  return { ...response, pace };
}

function alteredResponse(
  response: Response,
  answer: FaultAnswer,
  service: Service,
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
    const page = service.alterPage?.(answer, request, response);
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
