import { HttpResponse } from 'msw';
import {
  type Body,
  bodyBytes,
  type Outcome,
  type Pace,
  type Response as ResponseOutcome,
} from '../../core/outcome.ts';
import { pacedBytes } from '../body.ts';
import { TRANSPORT_LIMITS } from '../receiver.ts';

/** `fetch` allows no body for these: https://fetch.spec.whatwg.org/#null-body-status. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** MSW has no connections: an outcome that ends a connection becomes a network error. */
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

function responseOf({ status, headers, body, pace }: ResponseOutcome, signal: AbortSignal): Response {
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
    // A fault can contain invalid header fields.
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
  // Bytes, because `Response` adds a content type to a string.
  const bytes = bodyBytes(body);
  if (bytes === undefined) return byteStream(body as AsyncIterable<Uint8Array>, signal);
  fields['content-length'] = String(bytes.length);
  const rate = pace?.bytesPerSecond;
  return rate === undefined || bytes.length === 0
    ? (bytes as Uint8Array<ArrayBuffer>)
    : byteStream(pacedBytes(bytes, rate), signal);
}

async function delayedResponse(
  response: ResponseOutcome,
  delay: number,
  signal: AbortSignal,
): Promise<Response> {
  if (delay > 0) await waited(delay, signal);
  if (!signal.aborted) return responseOf(response, signal);
  release(response.body);
  return HttpResponse.error();
}

/** Ends the generator of a body that is not sent. */
function release(body: Body): void {
  if (typeof body === 'string' || body instanceof Uint8Array) return;
  void body[Symbol.asyncIterator]().return?.();
}

/** Waits for real milliseconds, or until the client aborts. */
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

/**
 * A stream that is filled when it is read. The generator ends when the reader cancels, and when the client aborts its
 * signal, which MSW does not connect to a mocked response.
 */
function byteStream(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  let abort = (): void => {};
  const end = (): void => signal.removeEventListener('abort', abort);
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        abort = () => {
          controller.error(signal.reason);
          void iterator.return?.();
        };
        signal.addEventListener('abort', abort, { once: true });
      },
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (signal.aborted) return;
        if (!done) {
          controller.enqueue(value);
          return;
        }
        end();
        controller.close();
      },
      async cancel() {
        end();
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
