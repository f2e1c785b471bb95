import { AppleError } from '../http/apple-error.ts';
import { type Outcome, withHeaders } from '../http/outcome.ts';
import type { HttpRequest } from '../http/request.ts';
import type { Organization } from '../organization/organization.ts';
import { BodyProblem, readBody } from '../services/body-shape.ts';
import type { Reply } from '../services/operation.ts';
import type { Route } from './matcher.ts';
import type { PathParameters } from './path-pattern.ts';
import type { Tenant } from './tenant.ts';

/** Authenticate, validate, handle: the part that only Apple would see. */
export function outcomeOf(
  request: HttpRequest,
  route: Route,
  parameters: PathParameters,
  { organization }: Tenant,
): Outcome | Promise<Outcome> {
  const caller = route.operation.scheme.authenticate(organization, request);
  return caller instanceof Promise
    ? caller.then((settled) => answerTo(settled, request, route, parameters, organization))
    : answerTo(caller, request, route, parameters, organization);
}

function answerTo(
  caller: unknown,
  request: HttpRequest,
  route: Route,
  parameters: PathParameters,
  organization: Organization,
): Outcome | Promise<Outcome> {
  const { operation, service } = route;
  if (caller instanceof AppleError) return service.renderError(organization, caller, request);
  const body = operation.body === undefined ? undefined : readBody(request, operation.body);
  const reply =
    body instanceof BodyProblem
      ? new AppleError(service.malformedBody, body.why)
      : operation.handler({ request, parameters, organization, caller, body });
  return reply instanceof Promise
    ? reply.then((settled) => concluded(settled, caller, request, route, organization))
    : concluded(reply, caller, request, route, organization);
}

/** A reply of a handler as the client meets it, with what every answer to a caller of the scheme carries. */
function concluded(
  reply: Reply,
  caller: unknown,
  request: HttpRequest,
  { operation, service }: Route,
  organization: Organization,
): Outcome {
  const outcome = reply instanceof AppleError ? service.renderError(organization, reply, request) : reply;
  const { scheme } = operation;
  return scheme.conclude === undefined || outcome.kind !== 'response'
    ? outcome
    : withHeaders(outcome, scheme.conclude(organization, caller));
}
