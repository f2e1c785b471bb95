import { AppleError } from '../core/apple-error.ts';
import { type Outcome, withHeaders } from '../core/outcome.ts';
import type { HttpRequest } from '../core/request.ts';
import type { Organization } from '../organization/organization.ts';
import { BodyProblem, readBody } from '../services/body-shape.ts';
import type { Reply } from '../services/operation.ts';
import type { PathParameters } from './path-pattern.ts';
import type { Served } from './router.ts';
import type { Tenant } from './tenant.ts';

/** Authenticate, validate, handle: the part that only Apple would see. */
export function outcomeOf(
  request: HttpRequest,
  served: Served,
  parameters: PathParameters,
  { organization }: Tenant,
): Outcome | Promise<Outcome> {
  const caller = served.operation.scheme.authenticate(organization, request);
  return caller instanceof Promise
    ? caller.then((settled) => answerTo(settled, request, served, parameters, organization))
    : answerTo(caller, request, served, parameters, organization);
}

function answerTo(
  caller: unknown,
  request: HttpRequest,
  served: Served,
  parameters: PathParameters,
  organization: Organization,
): Outcome | Promise<Outcome> {
  const { operation, service } = served;
  if (caller instanceof AppleError) return service.renderError(organization, caller, request);
  const body = operation.body === undefined ? undefined : readBody(request, operation.body);
  const reply =
    body instanceof BodyProblem
      ? new AppleError(service.malformedBody, body.why)
      : operation.handler({ request, parameters, organization, caller, body });
  return reply instanceof Promise
    ? reply.then((settled) => concluded(settled, caller, request, served, organization))
    : concluded(reply, caller, request, served, organization);
}

/** A reply of a handler as the client meets it, with what every answer to a caller of the scheme carries. */
function concluded(
  reply: Reply,
  caller: unknown,
  request: HttpRequest,
  { operation, service }: Served,
  organization: Organization,
): Outcome {
  const outcome = reply instanceof AppleError ? service.renderError(organization, reply, request) : reply;
  const { scheme } = operation;
  return scheme.conclude === undefined || outcome.kind !== 'response'
    ? outcome
    : withHeaders(outcome, scheme.conclude(organization, caller));
}
