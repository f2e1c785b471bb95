import { type HttpHandler, HttpResponse, http } from 'msw';
import { type Crabapple, coreOf } from '../../api/apple.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { HttpRequest, RequestTransport } from '../../core/request.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { headerFields } from '../header-fields.ts';
import { TRANSPORT_LIMITS } from '../receiver.ts';
import { type AppleUrls, appleUrls } from './apple-urls.ts';
import { performOutcome } from './outcome.ts';

/** Options of `appleHandlers`. */
export interface AppleHandlersOptions {
  /**
   * Additional base URLs: `localhost:8990`, `http://localhost:3000/apple`, or, in a browser, `/apple`. If some of them
   * are host names of Apple, the handlers intercept only those of Apple's host names.
   */
  readonly hosts?: readonly string[] | undefined;
}

/**
 * Handlers for MSW's `setupServer` and `setupWorker` that respond like the simulated Apple. There is one for each base
 * URL instead of one for each operation, because MSW tries its handlers one after the other.
 *
 * @throws TypeError if one of the hosts is neither a host name nor a URL
 */
export function appleHandlers(apple: Crabapple, { hosts = [] }: AppleHandlersOptions = {}): HttpHandler[] {
  const core = coreOf(apple);
  return appleUrls(core.engine, hosts).map(({ pattern, mount }: AppleUrls) =>
    http.all(pattern, ({ request }) => respond(core, request, mount)),
  );
}

const NO_BODY = new Uint8Array();

async function respond(apple: SimulatedApple, request: Request, mount: string): Promise<Response> {
  const { signal } = request;
  let body = NO_BODY;
  if (request.body !== null) {
    try {
      body = new Uint8Array(await request.arrayBuffer());
    } catch {
      const head = requestValue(request, mount, NO_BODY);
      apple.engine.aborted(head, 'client_gone');
      return HttpResponse.error();
    }
  }
  const isTooLarge = body.length > TRANSPORT_LIMITS.body;
  const value = requestValue(request, mount, isTooLarge ? NO_BODY : body);
  if (isTooLarge) {
    const why = `the body is larger than the limit of ${TRANSPORT_LIMITS.body} bytes`;
    return performOutcome(apple.engine.reject(value, 413, why), signal);
  }
  const outcome: Outcome | Promise<Outcome> = apple.handle(value);
  return performOutcome(outcome instanceof Promise ? await outcome : outcome, signal);
}

/** A request of `node:http` has all header fields that the client sent. */
const COMPLETE: RequestTransport = { name: 'msw' };

/** Fetch adds user agent, host and content length after MSW has intercepted the request. */
const INCOMPLETE: RequestTransport = { name: 'msw', hidesUserAgent: true };

/** @param mount the part of the path before Apple's path */
function requestValue({ method, url, headers }: Request, mount: string, body: Uint8Array): HttpRequest {
  const { protocol, host, pathname, search } = new URL(url);
  const raw: string[] = [];
  headers.forEach((value, name) => {
    raw.push(name, value);
  });
  const fields = headerFields(raw).headers;
  return {
    method,
    scheme: protocol === 'http:' ? 'http' : 'https',
    authority: host,
    path: mount === '' ? pathname : pathname.slice(mount.length),
    mount: mount === '' ? undefined : mount,
    query: search.slice(1),
    headers: fields,
    body,
    transport: fields.host === undefined ? INCOMPLETE : COMPLETE,
  };
}
