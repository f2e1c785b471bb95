import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Outcome } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { TransportLimits } from '../bounds.ts';
import { collectBody } from '../collect-body.ts';
import type { Receiver } from '../receiver.ts';
import { performOutcome } from './perform-outcome.ts';
import { hostProblem, requestHead } from './request-head.ts';

/** What `node:http` calls with a request, as `http.createServer(handler)` takes it. */
export type Http1Handler = (message: IncomingMessage, response: ServerResponse) => void;

/** Brings requests of HTTP/1 to the receiver as values, and carries its outcomes out. */
export function createHttp1Handler(
  receiver: Receiver,
  bounds: TransportLimits,
  transport: string,
): Http1Handler {
  return (message, response) => {
    const head = requestHead(message, transport);
    const perform = (outcome: Outcome): void =>
      performOutcome(outcome, response, bounds, (text) => receiver.notice(head, text));

    const handle = (request: HttpRequest): void => {
      const outcome = receiver.handle(request);
      if (outcome instanceof Promise) void outcome.then(perform);
      else perform(outcome);
    };

    const problem = hostProblem(head, message.httpVersion);
    if (problem !== undefined) {
      message.resume();
      perform(receiver.refuse(head, 400, problem));
      return;
    }
    const read = parsedBefore(message);
    if (read !== undefined) {
      handle({ ...head, body: read });
      return;
    }
    collectBody(message, { ...framing(head), largest: bounds.body }, (collected) => {
      switch (collected.kind) {
        case 'whole': {
          const request = collected.bytes.length === 0 ? head : { ...head, body: collected.bytes };
          handle(request);
          break;
        }
        case 'too_large':
          perform(receiver.refuse(head, 413, `a body may have ${bounds.body} bytes`));
          break;
        case 'cut':
          receiver.abandon({ ...head, body: collected.bytes }, endOf(message));
      }
    });
  };
}

const encoder = new TextEncoder();

/** An Express app may have read the body before this handler; then it is as that app understood it. */
function parsedBefore(message: IncomingMessage & { body?: unknown }): Uint8Array | undefined {
  const { body } = message;
  if (body === undefined || !message.readableEnded) return undefined;
  if (body instanceof Uint8Array) return body;
  return encoder.encode(typeof body === 'string' ? body : JSON.stringify(body));
}

function framing({ headers }: HttpRequest): { declared: number | undefined; open: boolean } {
  const length = headers['content-length'];
  return {
    declared: length === undefined ? undefined : Number.parseInt(length, 10),
    open: headers['transfer-encoding'] !== undefined,
  };
}

/** Why a request broke off, by what Node closed its connection for. */
function endOf({ socket }: IncomingMessage): string {
  const code = (socket.errored as NodeJS.ErrnoException | null)?.code;
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'client_stalled';
  return code?.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE' ? 'bad_framing' : 'client_gone';
}
