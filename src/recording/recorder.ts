import { type HttpRequest, parseBody } from '../core/request.ts';
import { createMatcher } from '../engine/router.ts';
import { SERVICES } from '../services/index.ts';
import type { Recording } from './recording.ts';

/** A complete response of an upstream. */
export interface UpstreamResponse {
  readonly status: number;
  readonly body: Uint8Array;
}

const decoder = new TextDecoder();

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(body));
  } catch {
    return undefined;
  }
}

/** Passes the successful requests to Apple's services to a recording. */
export function createRecorder(
  recording: Recording,
): (request: HttpRequest, response: UpstreamResponse) => void {
  const match = createMatcher(SERVICES);
  return (request, { status, body }) => {
    const found = match(request);
    if (found.kind !== 'operation' || status >= 300) return;
    const content = parseBody(request);
    recording.observe({
      operation: found.route.operation.name,
      request: content.kind === 'json' ? content.value : undefined,
      response: jsonOf(body),
      parameters: found.parameters,
      headers: request.headers,
    });
  };
}
