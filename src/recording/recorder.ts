import { type HttpRequest, parseBody } from '../core/request.ts';
import { createMatcher } from '../engine/router.ts';
import { SERVICES } from '../services/index.ts';
import type { Recording } from './recording.ts';

/** What an upstream answered, whole. */
export interface UpstreamAnswer {
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

/** Tells a recording of those exchanges that are calls of Apple's services and succeeded. */
export function createRecorder(recording: Recording): (request: HttpRequest, answer: UpstreamAnswer) => void {
  const match = createMatcher(SERVICES);
  return (request, { status, body }) => {
    const found = match(request);
    if (found.kind !== 'operation' || status >= 300) return;
    const asked = parseBody(request);
    recording.observe({
      operation: found.route.operation.name,
      asked: asked.kind === 'json' ? asked.value : undefined,
      answered: jsonOf(body),
      parameters: found.parameters,
      headers: request.headers,
    });
  };
}
