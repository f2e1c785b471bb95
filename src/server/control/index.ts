import type { Outcome } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { Tenant } from '../../engine/tenant.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { ControlError, quoted } from './control-error.ts';
import { controlErrorOf } from './control-error-of.ts';
import { ExchangeCounters } from './exchange-counters.ts';
import { createGuard } from './guard.ts';
import { createRouteMatcher } from './match-route.ts';
import { Places } from './places.ts';
import { readQuery } from './query.ts';
import { failed, refused } from './reply.ts';
import { type ControlOptions, LARGEST_BODY, type Surroundings } from './route.ts';
import { ROUTES } from './routes.ts';
import { Ending } from './shutdown.ts';
import { idsOf } from './tenant-ids.ts';

export type { ControlOptions } from './route.ts';

const MOST_WAITERS = 1000;
const MOST_STREAMS = 100;

export type Control = (request: HttpRequest) => Outcome | Promise<Outcome>;

/** The control API, everything under `/_crabapple/`. Never throws and never rejects. */
export function createControl(crabapple: SimulatedApple, options: ControlOptions): Control {
  const { ending = new Ending() } = options;
  const guard = createGuard(options.allowHosts);
  const match = createRouteMatcher(ROUTES);
  const surroundings: Surroundings = {
    crabapple,
    options,
    routes: ROUTES,
    counters: new ExchangeCounters(crabapple.journal, ending),
    waiters: new Places(MOST_WAITERS),
    streams: new Places(MOST_STREAMS),
    ending,
  };

  function perform(request: HttpRequest): Outcome | Promise<Outcome> {
    guard(request);
    const { route, parameters } = match(request);
    const largest = route.largestBody ?? LARGEST_BODY;
    if (request.body.length > largest) {
      throw new ControlError(413, `the body has ${request.body.length} bytes`, `${largest} are allowed`);
    }
    const query = readQuery(request.query, route.query ?? {});
    const call = { surroundings, request, query, parameters };
    if (route.scope === 'organization')
      return route.handler({ ...call, tenant: tenantOf(crabapple, query.organization) });
    if (query.organization !== undefined) tenantOf(crabapple, query.organization);
    return route.handler(call);
  }

  return (request) => {
    const concluded = (outcome: Outcome): Outcome =>
      request.method === 'HEAD' ? withoutBody(outcome) : outcome;
    try {
      const outcome = perform(request);
      return outcome instanceof Promise ? outcome.catch(ended).then(concluded) : concluded(outcome);
    } catch (error) {
      return concluded(ended(error));
    }
  };
}

function ended(error: unknown): Outcome {
  const controlError = controlErrorOf(error);
  return controlError === undefined ? failed(error) : refused(controlError);
}

const withoutBody = (outcome: Outcome): Outcome =>
  outcome.kind === 'response' ? { ...outcome, body: '' } : outcome;

function tenantOf({ tenants }: SimulatedApple, id: string | undefined): Tenant {
  const { all } = tenants;
  if (all.length === 0) {
    throw new ControlError(404, 'no organization is served', 'POST a scenario to /_crabapple/organizations');
  }
  const tenant = id === undefined ? tenants.default : tenants.get(id);
  if (tenant !== undefined) return tenant;
  throw new ControlError(404, `no organization has the id ${quoted(id ?? '')}`, `the ids are ${idsOf(all)}`);
}
