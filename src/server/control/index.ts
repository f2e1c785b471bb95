import type { Outcome } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import { nearestWord } from '../../engine/matching/nearest-word.ts';
import {
  createPathPattern,
  isPattern,
  NO_PARAMETERS,
  type PathParameters,
} from '../../engine/path-pattern.ts';
import type { Tenant } from '../../engine/tenant.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { Semaphore } from '../../transports/semaphore.ts';
import { ControlError, controlErrorOf, listedIds, quoted } from './control-error.ts';
import { createGuard } from './guard.ts';
import { ExchangeCounters } from './metrics.ts';
import { readQuery } from './query.ts';
import { errorReply, failureReply } from './reply.ts';
import {
  BODY_LIMIT,
  type ControlContext,
  type ControlOptions,
  PREFIX,
  type Route,
  ShutdownHooks,
} from './route.ts';
import { ROUTES } from './routes.ts';

export type { ControlOptions } from './route.ts';

const MAX_WAITERS = 1000;
const MAX_STREAMS = 100;

export type Control = (request: HttpRequest) => Outcome | Promise<Outcome>;

/** The control API: everything under `/_crabapple/`. Never throws and never rejects. */
export function createControl(apple: SimulatedApple, options: ControlOptions): Control {
  const { shutdown = new ShutdownHooks() } = options;
  const guard = createGuard(options.allowHosts);
  const match = createRouteMatcher(ROUTES);
  const context: ControlContext = {
    apple,
    options,
    routes: ROUTES,
    counters: new ExchangeCounters(apple.journal, shutdown),
    waiters: new Semaphore(MAX_WAITERS),
    streams: new Semaphore(MAX_STREAMS),
    shutdown,
  };

  function perform(request: HttpRequest): Outcome | Promise<Outcome> {
    guard(request);
    const { route, parameters } = match(request);
    const limit = route.bodyLimit ?? BODY_LIMIT;
    if (request.body.length > limit) {
      throw new ControlError(413, `the body has ${request.body.length} bytes`, `send at most ${limit} bytes`);
    }
    const query = readQuery(request.query, route.query ?? {});
    const call = { context, request, query, parameters };
    if (route.scope === 'organization')
      return route.handler({ ...call, tenant: tenantOf(apple, query.organization) });
    if (query.organization !== undefined) tenantOf(apple, query.organization);
    return route.handler(call);
  }

  function replyTo(error: unknown): Outcome {
    const controlError = controlErrorOf(error);
    if (controlError !== undefined) return errorReply(controlError);
    apple.engine.reportFailure(error);
    return failureReply(error);
  }

  return (request) => {
    const finished = (outcome: Outcome): Outcome =>
      request.method === 'HEAD' ? withoutBody(outcome) : outcome;
    try {
      const outcome = perform(request);
      return outcome instanceof Promise ? outcome.catch(replyTo).then(finished) : finished(outcome);
    } catch (error) {
      return finished(replyTo(error));
    }
  };
}

const withoutBody = (outcome: Outcome): Outcome =>
  outcome.kind === 'response' ? { ...outcome, body: '' } : outcome;

function tenantOf({ tenants }: SimulatedApple, id: string | undefined): Tenant {
  const { all } = tenants;
  if (all.length === 0) {
    throw new ControlError(404, 'there is no organization', 'POST a scenario to /_crabapple/organizations');
  }
  const tenant = id === undefined ? tenants.default : tenants.get(id);
  if (tenant !== undefined) return tenant;
  throw new ControlError(
    404,
    `no organization has the id ${quoted(id ?? '')}`,
    `the ids are ${listedIds(all)}`,
  );
}

interface Match {
  readonly route: Route;
  readonly parameters: PathParameters;
}

/** Finds the route of a request. HEAD uses the route of GET. */
function createRouteMatcher(routes: readonly Route[]): (request: HttpRequest) => Match {
  const byPath = new Map<string, Route[]>();
  for (const route of routes) {
    const path = PREFIX + route.path;
    byPath.set(path, [...(byPath.get(path) ?? []), route]);
  }

  const patterns = [...byPath.keys()].filter(isPattern).map((path) => ({ path, ...createPathPattern(path) }));

  function matchPath(path: string): { readonly path: string; readonly parameters: PathParameters } {
    for (const pattern of byPath.has(path) ? [] : patterns) {
      const parameters = pattern.match(path);
      if (parameters !== undefined) return { path: pattern.path, parameters };
    }
    return { path, parameters: NO_PARAMETERS };
  }

  /** @throws ControlError */
  return (request) => {
    const { path, parameters } = matchPath(request.path);
    const candidates = byPath.get(path);
    if (candidates === undefined) {
      const nearest = nearestWord(path.slice(0, 200), [...byPath.keys()]);
      const hint =
        nearest === undefined ? `GET ${PREFIX}openapi.json describes every path` : `did you mean ${nearest}?`;
      throw new ControlError(404, `the control API has no path ${quoted(path)}`, hint);
    }
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const found = candidates.find((route) => route.method === method);
    if (found !== undefined) return { route: found, parameters };
    const allow = candidates.map((route) => route.method).join(', ');
    throw new ControlError(405, `${path} does not allow ${quoted(request.method)}`, `use ${allow}`, {
      headers: { allow },
    });
  };
}
