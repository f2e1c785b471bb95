import { AppleError } from '../core/apple-error.ts';
import type { Host } from '../core/host.ts';
import { explained, type Outcome, type Response, respond, withHeaders } from '../core/outcome.ts';
import { type HttpRequest, hostName } from '../core/request.ts';
import { portableHost } from '../core/runtime.ts';
import type { Area } from '../organization/area.ts';
import { UNSERVED_APPLE_HOSTS } from './apple-hosts.ts';
import { type Catalog, catalogOf } from './catalog.ts';
import type { NearCredential } from './credential-index.ts';
import type { AppliedFault } from './faults/applied-fault.ts';
import { applyFault, faultAnswer } from './faults/apply-fault.ts';
import type { FaultContext } from './faults/fault-table.ts';
import { draftOf } from './journal/entry.ts';
import { Journal, type JournalBounds } from './journal/journal.ts';
import { masksFor } from './journal/secrets.ts';
import { requestView } from './journal/view.ts';
import { bothEnds } from './matching/nearest-word.ts';
import { domainOf, LiveExchange, type ObservedExchange, requestOf } from './observed-exchange.ts';
import { outcomeOf } from './outcome-of.ts';
import { createMatcher, type Match, nearestPath, type Route } from './router.ts';
import {
  type AuthenticationScheme,
  type Operation,
  type PathParameters,
  rowOf,
  type Service,
} from './service.ts';
import type { Tenant } from './tenant.ts';
import { Tenants } from './tenants.ts';
import { whyHeader } from './why-header.ts';

export interface EngineOptions {
  readonly services: readonly Service[];
  /** Areas of each organization, beside those of `organization/`, of the faults and of the services. */
  readonly areas?: readonly Area[] | undefined;
  readonly host?: Host | undefined;
  readonly journal?: JournalBounds | undefined;
  /**
   * Called with every exception of ours. The client gets an internal error in Apple's form. The request is undefined if the
   * exception concerns a connection.
   */
  readonly onFailure?: ((error: unknown, request: HttpRequest | undefined) => void) | undefined;
}

/** The organization of a request, and the credential that selected it. */
interface Identity {
  /** Undefined if no organization holds the credential. */
  readonly tenant: Tenant | undefined;
  readonly credential: string | undefined;
  /** What `scheme.read` returned. */
  readonly presented: unknown;
}

/** What is known about a request when it is recorded. */
interface Conclusion {
  tenant: Tenant | undefined;
  readonly route?: Route | undefined;
  /** What the scheme of the route read from the request, if it got that far. */
  presented?: { readonly value: unknown } | undefined;
  fault?: string | undefined;
  /** True if the request never became complete. */
  readonly incomplete?: boolean | undefined;
}

const NO_ORGANIZATION: Response = respond(
  503,
  { 'content-type': 'text/plain' },
  'no organization is served; POST a scenario to /_crabapple/organizations\n',
);

/**
 * Turns requests into outcomes: match, credential, organization, fault, authenticate, validate, handler, journal, in that
 * order. Every transport calls `handle`.
 */
export class Engine {
  readonly services: readonly Service[];
  readonly catalog: Catalog;
  readonly tenants: Tenants;
  readonly journal: Journal;
  readonly #host: Host;
  readonly #match: (request: HttpRequest) => Match;
  /** Every scheme once, to identify requests that match no operation. */
  readonly #schemes: readonly AuthenticationScheme<unknown>[];
  readonly #onFailure: (error: unknown, request: HttpRequest | undefined) => void;
  readonly #listeners = new Set<(tenant: Tenant, exchanged: ObservedExchange) => void>();

  constructor({ services, areas, host = portableHost, journal, onFailure = () => {} }: EngineOptions) {
    this.services = services;
    this.catalog = catalogOf(services);
    this.#host = host;
    this.tenants = new Tenants(services, host, areas);
    this.journal = new Journal(journal, {
      masks: masksFor(services),
      onFailure: (error, entry) => onFailure(error, requestOf(entry)),
    });
    this.#match = createMatcher(services);
    const schemes = services.flatMap(({ operations }) => operations.map(({ scheme }) => scheme));
    this.#schemes = [...new Set(schemes)].filter(({ anonymous }) => anonymous !== true);
    this.#onFailure = onFailure;
  }

  /** Every host name of Apple's that requests may come under, including those that are not served. */
  get hosts(): readonly string[] {
    return [...new Set([...Object.keys(UNSERVED_APPLE_HOSTS), ...this.catalog.hosts])];
  }

  /** Never throws and never rejects. Returns a promise only if the operation is asynchronous. */
  handle(request: HttpRequest): Outcome | Promise<Outcome> {
    if (this.tenants.size === 0) return NO_ORGANIZATION;
    const match = this.#match(request);
    switch (match.kind) {
      case 'operation':
        return this.#perform(request, match.route, match.parameters);
      case 'wrong_method': {
        const { operation, service } = match.route;
        const allow = match.methods.join(', ');
        const why = `${operation.path} takes ${allow}, not ${request.method}`;
        const tenant = this.#tenantOf(request, operation);
        const error = new AppleError(service.errorRoles.wrongMethod, why, { allow });
        return this.#conclude(request, this.#render(request, service, tenant, error), { tenant });
      }
      case 'unknown_path': {
        const tenant = this.#anyTenant(request);
        const why = nearestPath(this.services, request);
        const { service } = match;
        const outcome =
          service === undefined
            ? explained(respond(404), why)
            : this.#render(request, service, tenant, new AppleError(service.errorRoles.unknownPath, why));
        return this.#conclude(request, outcome, { tenant });
      }
      case 'unserved_host': {
        const why = `${match.host} is ${match.about}, which is not served here`;
        const response = explained(respond(501, { 'content-type': 'text/plain' }, `${why}\n`), why);
        return this.#conclude(request, response, { tenant: this.#anyTenant(request) });
      }
    }
  }

  /** Reports an exception of ours that concerns no request. */
  reportFailure(error: unknown): void {
    this.#onFailure(error, undefined);
  }

  /** Records a request that never became complete, or whose client left. */
  aborted(request: HttpRequest, ended: string): void {
    if (this.tenants.size === 0) return;
    this.#record(request, undefined, this.#incomplete(request), ended);
  }

  /** Rejects a request that the transport does not read, such as one with a body that is too large. */
  reject(request: HttpRequest, status: number, why: string): Response {
    if (this.tenants.size === 0) return NO_ORGANIZATION;
    const conclusion = this.#incomplete(request);
    const service = conclusion.route?.service;
    const outcome =
      status === 413 && service !== undefined
        ? this.#render(
            request,
            service,
            conclusion.tenant,
            new AppleError(service.errorRoles.bodyTooLarge, why),
          )
        : undefined;
    const response = outcome?.kind === 'response' ? outcome : explained(respond(status), why);
    return this.#concludeResponse(request, response, conclusion);
  }

  #incomplete(request: HttpRequest): Conclusion {
    const match = this.#match(request);
    if (match.kind !== 'operation') return { tenant: this.#anyTenant(request), incomplete: true };
    const { route } = match;
    const tenant = this.#tenantOf(request, route.operation) ?? this.#anyTenant(request);
    return { tenant, route, incomplete: true };
  }

  /**
   * Calls the listener for every exchange of an organization, before its response is sent.
   *
   * @returns how to stop listening
   */
  onExchange(listener: (tenant: Tenant, exchanged: ObservedExchange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #identify(request: HttpRequest, scheme: AuthenticationScheme<unknown>): Identity {
    const presented = scheme.read(request);
    const credential = scheme.credential(presented, this.tenants.isHeld);
    const tenant = credential === undefined ? undefined : this.tenants.byCredential(credential);
    const byDefault = credential === undefined || scheme.anonymous === true;
    return { tenant: tenant ?? (byDefault ? this.tenants.default : undefined), credential, presented };
  }

  /** The organization of a request that is rejected before its operation runs. */
  #tenantOf(request: HttpRequest, { scheme }: Operation): Tenant | undefined {
    try {
      return this.#identify(request, scheme).tenant;
    } catch (error) {
      this.#onFailure(error, request);
      return this.tenants.default;
    }
  }

  /** The organization of a request that matches no operation: the holder of any credential that a scheme can read. */
  #anyTenant(request: HttpRequest): Tenant {
    for (const scheme of this.#schemes) {
      try {
        const { tenant, credential } = this.#identify(request, scheme);
        if (credential !== undefined && tenant !== undefined) return tenant;
      } catch (error) {
        this.#onFailure(error, request);
      }
    }
    return this.tenants.default;
  }

  #perform(request: HttpRequest, route: Route, parameters: PathParameters): Outcome | Promise<Outcome> {
    const conclusion: Conclusion = { tenant: this.tenants.default, route };
    try {
      const identity = this.#identify(request, route.operation.scheme);
      const { tenant, presented } = identity;
      conclusion.tenant = tenant;
      conclusion.presented = { value: presented };
      tenant?.organization.runDueTasks();
      const applied = this.#matchFaults(request, route, parameters, identity);
      if (applied !== undefined) conclusion.fault = applied.id;
      const { organization } = tenant ?? this.tenants.default;
      const instead =
        applied === undefined ? undefined : faultAnswer(route.service, organization, applied, request);
      const outcome =
        instead ??
        (tenant === undefined
          ? this.#rejectUnknown(request, route, identity)
          : outcomeOf({ request, route, parameters, organization: tenant.organization, presented }));
      const conclude = (performed: Outcome): Outcome =>
        this.#conclude(request, applyFault(performed, applied, route.operation, request), conclusion);
      return outcome instanceof Promise
        ? outcome.then(conclude).catch((error: unknown) => this.#failed(request, route, conclusion, error))
        : conclude(outcome);
    } catch (error) {
      return this.#failed(request, route, conclusion, error);
    }
  }

  /** Faults of the server come first, then those of the organization. */
  #matchFaults(
    request: HttpRequest,
    { service, operation }: Route,
    parameters: PathParameters,
    { tenant, credential, presented }: Identity,
  ): AppliedFault | undefined {
    const { serverFaults } = this.tenants.default;
    if (serverFaults.faults.length === 0 && (tenant === undefined || tenant.faults.faults.length === 0)) {
      return undefined;
    }
    const { organization } = tenant ?? this.tenants.default;
    const domain = domainOf(organization, service, () => operation.scheme.sender?.(organization, presented));
    const context: FaultContext = {
      host: hostName(request.authority),
      view: () => requestView(request, domain, operation.body?.format),
      knowsError: (name) => rowOf(service.errors, name) !== undefined,
      rateLimitKeys(by) {
        if (by === 'device') return service.devices?.keys(request, parameters) ?? [];
        // An MDM server has several credentials: its server token, and its sessions, which share theirs with others.
        return [`${tenant?.id ?? ''} ${domain.mdmServer ?? credential ?? ''}`];
      },
    };
    const above = serverFaults.match('request', operation.name, context);
    return tenant === undefined ? above : tenant.faults.match('request', operation.name, context, above);
  }

  /**
   * Rejects a credential that no organization holds, by the rules of the default organization. Its state does not
   * change: the credential index has all of its own credentials.
   */
  #rejectUnknown(request: HttpRequest, { service, operation }: Route, identity: Identity): Outcome {
    const { organization } = this.tenants.default;
    const rejected = operation.scheme.authenticate(organization, request, identity.presented);
    const nearest = identity.credential === undefined ? undefined : this.tenants.nearest(identity.credential);
    const hint = nearest === undefined ? '' : nearestHint(nearest);
    if (!(rejected instanceof AppleError)) throw new Error('an unknown credential was accepted');
    return service.renderError(
      organization,
      new AppleError(rejected.name, rejected.why + hint, rejected.headers, rejected.members),
      request,
    );
  }

  #render(request: HttpRequest, service: Service, tenant: Tenant | undefined, error: AppleError): Outcome {
    return service.renderError((tenant ?? this.tenants.default).organization, error, request);
  }

  #failed(request: HttpRequest, { service }: Route, conclusion: Conclusion, error: unknown): Outcome {
    this.#onFailure(error, request);
    const why = `a failure of Crabapple itself, please report it: ${error instanceof Error ? error.message : String(error)}`;
    const failure = new AppleError(service.errorRoles.internalError, why);
    return this.#conclude(request, this.#render(request, service, conclusion.tenant, failure), conclusion);
  }

  #conclude(request: HttpRequest, outcome: Outcome, conclusion: Conclusion): Outcome {
    if (outcome.kind !== 'response') {
      this.#record(request, undefined, conclusion, outcome.kind, outcome.why);
      return outcome;
    }
    return this.#concludeResponse(request, outcome, conclusion);
  }

  #concludeResponse(request: HttpRequest, response: Response, conclusion: Conclusion): Response {
    this.#record(request, response, conclusion, undefined, response.why);
    return response.why === undefined
      ? response
      : withHeaders(response, { 'x-crabapple-why': whyHeader(response.why) });
  }

  #record(
    request: HttpRequest,
    response: Response | undefined,
    conclusion: Conclusion,
    ended?: string,
    why?: string,
  ): void {
    const { tenant, route, presented, fault } = conclusion;
    const operation = route?.operation;
    const { clock } = (tenant ?? this.tenants.default).organization.runtime;
    const wallAt = clock.wallNow();
    const about = {
      at: clock.at(wallAt),
      wallAt,
      organization: tenant?.id,
      operation: operation?.name,
      bodyFormat: formatOf(operation),
      ended,
      why,
      fault,
    };
    const entry = this.journal.record(draftOf(about, request, response, this.#host.sha256));
    if (tenant === undefined || this.#listeners.size === 0) return;
    const { organization } = tenant;
    const domain = domainOf(organization, route?.service, () =>
      presented === undefined ? undefined : operation?.scheme.sender?.(organization, presented.value),
    );
    const exchanged = new LiveExchange(entry, request, response, domain, conclusion.incomplete);
    for (const listener of this.#listeners) {
      try {
        listener(tenant, exchanged);
      } catch (error) {
        // A listener must not affect the request.
        this.#onFailure(error, request);
      }
    }
  }
}

/** JSON is the usual format and needs no mark. */
function formatOf(operation: Operation | undefined): 'form' | 'plist' | undefined {
  const format = operation?.body?.format;
  return format === 'json' ? undefined : format;
}

function nearestHint({ credential, holder, differsIn }: NearCredential): string {
  const value = credential.indexOf(':') + 1;
  const shown = `${credential.slice(0, value)}${bothEnds(credential.slice(value))} of ${holder}`;
  return differsIn === undefined
    ? `; the nearest is ${shown}`
    : `; it differs in ${differsIn} alone from ${shown}`;
}
