import { type HttpHandler, HttpResponse, http } from 'msw';
import { coreOf } from '../../api/core-of.ts';
import type { Crabapple } from '../../api/crabapple.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { TRANSPORT_LIMITS } from '../bounds.ts';
import { type Place, placesOf } from './apple-places.ts';
import { performOutcome } from './perform-outcome.ts';
import { requestHead } from './request-value.ts';

/** Under which addresses the handlers answer. */
export interface AppleHandlersOptions {
  /**
   * Where Apple is found beside its own host names: `localhost:8990`, `http://localhost:3000/apple`, or, in a
   * browser, `/apple`. Host names of Apple's among them limit its own to those.
   */
  readonly hosts?: readonly string[] | undefined;
}

const NO_BODY = new Uint8Array();

async function answer(apple: SimulatedApple, request: Request, mount: string): Promise<Response> {
  const { signal } = request;
  let body = NO_BODY;
  if (request.body !== null) {
    try {
      body = new Uint8Array(await request.arrayBuffer());
    } catch {
      const head = requestHead(request, mount, NO_BODY);
      apple.engine.abandon(head, 'client_gone');
      return HttpResponse.error();
    }
  }
  const value = requestHead(request, mount, body.length > TRANSPORT_LIMITS.body ? NO_BODY : body);
  if (body.length > TRANSPORT_LIMITS.body) {
    const refusal = apple.engine.refuse(value, 413, `a body may have ${TRANSPORT_LIMITS.body} bytes`);
    return performOutcome(refusal, signal);
  }
  const outcome: Outcome | Promise<Outcome> = apple.handle(value);
  return performOutcome(outcome instanceof Promise ? await outcome : outcome, signal);
}

/**
 * Handlers for MSW's `setupServer` and `setupWorker` that answer as the simulated Apple does. There is one for each
 * place, as MSW asks handlers one after the other: the operation table finds the rest.
 *
 * @throws TypeError where one of the hosts is neither a host name nor a URL
 */
export function appleHandlers(apple: Crabapple, { hosts = [] }: AppleHandlersOptions = {}): HttpHandler[] {
  const core = coreOf(apple);
  return placesOf(core.engine, hosts).map(({ pattern, mount }: Place) =>
    http.all(pattern, ({ request }) => answer(core, request, mount)),
  );
}
