import { AppleError } from '../core/apple-error.ts';
import { type Outcome, withHeaders } from '../core/outcome.ts';
import type { HttpRequest } from '../core/request.ts';
import type { Organization } from '../organization/organization.ts';
import { BodyProblem, readBody } from './body.ts';
import type { Route } from './router.ts';
import type { PathParameters, Reply } from './service.ts';

interface Performing {
  readonly request: HttpRequest;
  readonly route: Route;
  readonly parameters: PathParameters;
  readonly organization: Organization;
  /** What the scheme read from the request. */
  readonly presented: unknown;
}

/** Runs an operation: authenticate, validate the body, call the handler. */
export function outcomeOf(performing: Performing): Outcome | Promise<Outcome> {
  const { request, route, organization, presented } = performing;
  const caller = route.operation.scheme.authenticate(organization, request, presented);
  return caller instanceof Promise
    ? caller.then((known) => responseTo(known, performing))
    : responseTo(caller, performing);
}

function responseTo(caller: unknown, performing: Performing): Outcome | Promise<Outcome> {
  const { request, route, parameters, organization } = performing;
  const { operation, service } = route;
  if (caller instanceof AppleError) return service.renderError(organization, caller, request);
  const body = operation.body === undefined ? undefined : readBody(request, operation.body);
  const reply =
    body instanceof BodyProblem
      ? new AppleError(service.errorRoles.malformedBody, body.why)
      : operation.handler({ request, parameters, organization, caller, body });
  return reply instanceof Promise
    ? reply.then((done) => finished(done, caller, performing))
    : finished(reply, caller, performing);
}

/** The reply as the client receives it, with the header fields of the scheme. */
function finished(reply: Reply, caller: unknown, { request, route, organization }: Performing): Outcome {
  const { operation, service } = route;
  const outcome = reply instanceof AppleError ? service.renderError(organization, reply, request) : reply;
  const { scheme } = operation;
  return scheme.responseHeaders === undefined || outcome.kind !== 'response'
    ? outcome
    : withHeaders(outcome, scheme.responseHeaders(organization, caller));
}
