import { HttpResponse } from 'msw';
import {
  type Response as Answer,
  type Body,
  bodyBytes,
  type Outcome,
  type Pace,
} from '../../core/outcome.ts';
import { pacedBytes } from '../body.ts';
import { TRANSPORT_LIMITS } from '../receiver.ts';
import { byteStream } from './byte-stream.ts';

/** What `fetch` gives no body at all (https://fetch.spec.whatwg.org/#null-body-status). */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * Carries an outcome out as MSW can. There is no connection to be reset, closed or told goodbye: whatever ends one is
 * a network error for the client.
 */
export function performOutcome(outcome: Outcome, signal: AbortSignal): Response | Promise<Response> {
  switch (outcome.kind) {
    case 'response':
      return outcome.pace === undefined
        ? responseOf(outcome, signal)
        : delayedResponse(outcome, outcome.pace.delay, signal);
    case 'reset':
    case 'empty_reply':
    case 'goaway':
    case 'refused_stream':
      return HttpResponse.error();
    case 'stall':
      return waited(TRANSPORT_LIMITS.stall, signal).then(() => HttpResponse.error());
  }
}

function responseOf({ status, headers, body, pace }: Answer, signal: AbortSignal): Response {
  try {
    const fields: Record<string, string> = {};
    for (const name in headers) {
      const value = headers[name];
      if (value !== undefined) fields[name] = value;
    }
    if (!BODILESS.has(status)) {
      return new HttpResponse(bodyOf(body, pace, fields, signal), { status, headers: fields });
    }
    release(body);
    return new HttpResponse(null, { status, headers: fields });
  } catch {
    // A fault may give header fields that are none.
    release(body);
    return HttpResponse.error();
  }
}

function bodyOf(
  body: Body,
  pace: Pace | undefined,
  fields: Record<string, string>,
  signal: AbortSignal,
): BodyInit {
  // As bytes: of a text `Response` would make up a content type.
  const bytes = bodyBytes(body);
  if (bytes === undefined) return byteStream(body as AsyncIterable<Uint8Array>, signal);
  fields['content-length'] = String(bytes.length);
  const rate = pace?.bytesPerSecond;
  return rate === undefined || bytes.length === 0
    ? (bytes as Uint8Array<ArrayBuffer>)
    : byteStream(pacedBytes(bytes, rate), signal);
}

async function delayedResponse(answer: Answer, delay: number, signal: AbortSignal): Promise<Response> {
  if (delay > 0) await waited(delay, signal);
  if (!signal.aborted) return responseOf(answer, signal);
  release(answer.body);
  return HttpResponse.error();
}

/** Ends whoever makes the bytes of an answer that nobody will read. */
function release(body: Body): void {
  if (typeof body === 'string' || body instanceof Uint8Array) return;
  void body[Symbol.asyncIterator]().return?.();
}

/** Real milliseconds, unless the client leaves before. */
function waited(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
