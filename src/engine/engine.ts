import { AppleError } from '../core/apple-error.ts';
import type { Host } from '../core/host.ts';
import { explained, type Outcome, type Response, respond, withHeaders } from '../core/outcome.ts';
import { type HttpRequest, hostName } from '../core/request.ts';
import { portableHost } from '../core/runtime.ts';
import type { Area } from '../organization/area.ts';
import { rowOf } from '../services/error-row.ts';
import type { Operation, Service, ServiceTable } from '../services/operation.ts';
import type { NearCredential } from './credential-index.ts';
import { domainOf } from './domain-of.ts';
import { faultAnswer } from './faults/answer.ts';
import type { AppliedFault } from './faults/applied-fault.ts';
import { altered } from './faults/apply-fault.ts';
import type { FaultContext } from './faults/fault-table.ts';
import { devicesOf } from './faults/rate-limit-key.ts';
import { draftOf } from './journal/entry.ts';
import type { JournalBounds } from './journal/journal.ts';
import { Journal } from './journal/journal.ts';
import { requestView } from './journal/view.ts';
import { bothEnds } from './matching/nearest-word.ts';
import { nearestPath } from './nearest-path.ts';
import { LiveExchange, type ObservedExchange } from './observed-exchange.ts';
import { outcomeOf } from './outcome-of.ts';
import type { PathParameters } from './path-pattern.ts';
import { createMatcher, type Match, type Served } from './router.ts';
import type { Tenant } from './tenant.ts';
import { Tenants } from './tenants.ts';
import { whyHeader } from './why-header.ts';

export interface EngineOptions {
  readonly tables: readonly ServiceTable[];
  /** Areas of each organization, beside those of `organization/` and the faults. */
  readonly areas?: readonly Area[] | undefined;
  readonly host?: Host | undefined;
  readonly journal?: JournalBounds | undefined;
  /**
   * Called with every exception of ours. The client gets an internal error in Apple's form. The request is undefined if the
   * exception concerns a connection.
   */
  readonly onFailure?: ((error: unknown, request: HttpRequest | undefined) => void) | undefined;
}

/** What is known of an exchange by the time that it is written down. */
interface Conclusion {
  readonly tenant: Tenant | undefined;
  readonly operation?: string | undefined;
  fault?: string | undefined;
  /** True where the request never became whole. */
  readonly incomplete?: boolean | undefined;
}

const NOBODY: Response = respond(
  503,
  { 'content-type': 'text/plain' },
  'no organization is served; POST a scenario to /_crabapple/organizations\n',
);

/**
 * Where requests become outcomes: match, credential, organization, fault, authenticate, validate, handler,
 * journal, in that order. Every transport calls `handle`, and nothing else answers for Apple.
 */
export class Engine {
  readonly tables: readonly ServiceTable[];
  readonly tenants: Tenants;
  readonly journal: Journal;
  readonly #host: Host;
  readonly #match: (request: HttpRequest) => Match;
  readonly #onFailure: (error: unknown, request: HttpRequest | undefined) => void;
  readonly #listeners = new Set<(tenant: Tenant, exchanged: ObservedExchange) => void>();

  constructor(options: EngineOptions) {
    this.tables = options.tables;
    this.#host = options.host ?? portableHost;
    this.tenants = new Tenants(options.tables, this.#host, options.areas);
    this.journal = new Journal(options.journal);
    this.#match = createMatcher(options.tables);
    this.#onFailure = options.onFailure ?? (() => {});
  }

  /** Loads all that answers: from then on nothing that a request needs is awaited. */
  load(): Promise<readonly Service[]> {
    return Promise.all(this.tables.map(({ service }) => service.load()));
  }

  /** Loads what answers a request; undefined where it is there. */
  prepare(request: HttpRequest): Promise<unknown> | undefined {
    return this.#missing(this.#match(request));
  }

  /** Who meets no operation may be known by the credential of any. */
  #missing(match: Match): Promise<unknown> | undefined {
    if (match.kind === 'operation')
      return match.route.served === undefined ? match.route.table.service.load() : undefined;
    return this.tables.some(({ service }) => service.value === undefined) ? this.load() : undefined;
  }

  /**
   * The first call of a service waits until the service has come, and those that come meanwhile wait behind it.
   * Never throws and never rejects.
   */
  handle(request: HttpRequest): Outcome | Promise<Outcome> {
    if (this.tenants.size === 0) return NOBODY;
    const match = this.#match(request);
    const missing = this.#missing(match);
    return missing === undefined
      ? this.#answer(request, match)
      : missing.then(
          () => this.handle(request),
          (error: unknown) => this.#unloaded(request, error),
        );
  }

  #answer(request: HttpRequest, match: Match): Outcome | Promise<Outcome> {
    switch (match.kind) {
      case 'operation':
        return this.#perform(request, match.route.served!, match.parameters);
      case 'wrong_method': {
        const { operation, service } = match.route.served!;
        const allow = match.methods.join(', ');
        const why = `${operation.path} takes ${allow}, not ${request.method}`;
        const { tenant } = this.#tenantOf(request, operation);
        const error = new AppleError(service.wrongMethod, why, { allow });
        return this.#conclude(request, this.#refused(request, service, tenant, error), { tenant });
      }
      case 'unknown_path': {
        const tenant = this.#anyTenant(request);
        const why = nearestPath(this.tables, request);
        const service = match.table?.service.value;
        const outcome =
          service === undefined
            ? explained(respond(404), why)
            : this.#refused(request, service, tenant, new AppleError(service.unknownPath, why));
        return this.#conclude(request, outcome, { tenant });
      }
      case 'unserved_host': {
        const why = `${match.host} is ${match.about}, which is not served here`;
        const response = explained(respond(501, { 'content-type': 'text/plain' }, `${why}\n`), why);
        return this.#conclude(request, response, { tenant: this.#anyTenant(request) });
      }
    }
  }

  /** In a page that is offline, for example. The next request tries again. */
  #unloaded(request: HttpRequest, error: unknown): Outcome {
    this.#onFailure(error, request);
    const why = `what answers this request could not be loaded: ${error instanceof Error ? error.message : String(error)}`;
    const response = explained(respond(500, { 'content-type': 'text/plain' }, `${why}\n`), why);
    return this.#conclude(request, response, { tenant: this.tenants.default });
  }

  /** Reports an exception of ours that concerns no request. */
  reportFailure(error: unknown): void {
    this.#onFailure(error, undefined);
  }

  /** A request that never became complete, or whose client is gone: it is in the journal all the same. */
  abandon(request: HttpRequest, ended: string): void {
    if (this.tenants.size === 0) return;
    this.#record(request, undefined, this.#aboutIncomplete(request), ended);
  }

  /**
   * A request that the transport does not let in, too large for example: answered without a look at its content. In the
   * words of Apple where the service is there (`prepare`).
   */
  refuse(request: HttpRequest, status: number, why: string): Response {
    if (this.tenants.size === 0) return NOBODY;
    const about = this.#aboutIncomplete(request);
    const match = this.#match(request);
    const service = match.kind === 'operation' ? match.route.served?.service : undefined;
    const outcome =
      status === 413 && service !== undefined
        ? this.#refused(request, service, about.tenant, new AppleError(service.bodyTooLarge, why))
        : explained(respond(status), why);
    return this.#concludeResponse(
      request,
      outcome.kind === 'response' ? outcome : explained(respond(status), why),
      about,
    );
  }

  #aboutIncomplete(request: HttpRequest): Conclusion {
    const match = this.#match(request);
    if (match.kind !== 'operation') return { tenant: this.#anyTenant(request), incomplete: true };
    const { row, served } = match.route;
    const named = served === undefined ? undefined : this.#tenantOf(request, served.operation).tenant;
    return { incomplete: true, tenant: named ?? this.#anyTenant(request), operation: row.name };
  }

  /**
   * Tells of every exchange of an organization, whole, when its answer is about to leave.
   *
   * @returns how to stop listening
   */
  onExchange(listener: (tenant: Tenant, exchanged: ObservedExchange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Undefined tenant: a credential that nobody here has. */
  #tenantOf(
    request: HttpRequest,
    { scheme }: Operation,
  ): { tenant: Tenant | undefined; credential: string | undefined } {
    const credential = scheme.credential(request, this.tenants.isHeld);
    const tenant = credential === undefined ? undefined : this.tenants.byCredential(credential);
    const byDefault = credential === undefined || scheme.anonymous === true;
    return { tenant: tenant ?? (byDefault ? this.tenants.default : undefined), credential };
  }

  /** For requests that meet no operation: whoever is named by any credential that they carry and that is understood. */
  #anyTenant(request: HttpRequest): Tenant {
    for (const { scheme } of this.tables.flatMap(({ service }) => service.value?.operations ?? [])) {
      const credential = scheme.anonymous ? undefined : scheme.credential(request, this.tenants.isHeld);
      const tenant = credential === undefined ? undefined : this.tenants.byCredential(credential);
      if (tenant !== undefined) return tenant;
    }
    return this.tenants.default;
  }

  #perform(request: HttpRequest, served: Served, parameters: PathParameters): Outcome | Promise<Outcome> {
    const { tenant, credential } = this.#tenantOf(request, served.operation);
    const conclusion: Conclusion = { tenant, operation: served.operation.name };
    try {
      tenant?.organization.runDueTasks();
      const applied = this.#matchFaults(request, served, parameters, tenant, credential);
      if (applied !== undefined) conclusion.fault = applied.id;
      const { organization } = tenant ?? this.tenants.default;
      const instead =
        applied === undefined ? undefined : faultAnswer(served.service, organization, applied, request);
      const outcome =
        instead ??
        (tenant === undefined
          ? this.#unknown(request, served, credential)
          : outcomeOf(request, served, parameters, tenant));
      const conclude = (settled: Outcome): Outcome =>
        this.#conclude(request, altered(settled, applied, served.service, request), conclusion);
      return outcome instanceof Promise
        ? outcome.then(conclude, (error: unknown) => this.#failed(request, served, conclusion, error))
        : conclude(outcome);
    } catch (error) {
      return this.#failed(request, served, conclusion, error);
    }
  }

  /** Faults of the server come first, then those of the organization. */
  #matchFaults(
    request: HttpRequest,
    { service, operation }: Served,
    parameters: PathParameters,
    tenant: Tenant | undefined,
    credential: string | undefined,
  ): AppliedFault | undefined {
    const { serverFaults } = this.tenants.default;
    if (serverFaults.faults.length === 0 && (tenant === undefined || tenant.faults.faults.length === 0)) {
      return undefined;
    }
    const { organization } = tenant ?? this.tenants.default;
    const context: FaultContext = {
      host: hostName(request.authority),
      view: () => requestView(request, domainOf(organization, request.headers)),
      knowsError: (name) => rowOf(service.errors, name) !== undefined,
      rateLimitKeys(by) {
        if (by === 'device') return devicesOf(request, parameters);
        // An MDM server has several credentials: its server token, and its sessions, which share theirs with others.
        const asking = domainOf(organization, request.headers).mdmServer ?? credential ?? '';
        return [`${tenant?.id ?? ''} ${asking}`];
      },
    };
    const above = serverFaults.match('request', operation.name, context);
    return tenant === undefined ? above : tenant.faults.match('request', operation.name, context, above);
  }

  /**
   * A credential that nobody has is refused by the rules of the default organization, and touches nothing of it:
   * its own credentials are all in the register.
   */
  #unknown(request: HttpRequest, { service, operation }: Served, credential: string | undefined): Outcome {
    const { organization } = this.tenants.default;
    const refused = operation.scheme.authenticate(organization, request);
    const nearest = credential === undefined ? undefined : this.tenants.nearest(credential);
    const hint = nearest === undefined ? '' : nearestHint(nearest);
    if (!(refused instanceof AppleError)) throw new Error('an unknown credential was accepted');
    return service.renderError(
      organization,
      new AppleError(refused.name, refused.why + hint, refused.headers, refused.members),
      request,
    );
  }

  #refused(request: HttpRequest, service: Service, tenant: Tenant | undefined, error: AppleError): Outcome {
    return service.renderError((tenant ?? this.tenants.default).organization, error, request);
  }

  #failed(request: HttpRequest, { service }: Served, conclusion: Conclusion, error: unknown): Outcome {
    this.#onFailure(error, request);
    const why = `a failure of Crabapple itself, please report it: ${error instanceof Error ? error.message : String(error)}`;
    return this.#conclude(
      request,
      this.#refused(request, service, conclusion.tenant, new AppleError(service.internalError, why)),
      conclusion,
    );
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
    const { tenant, operation, fault } = conclusion;
    const { clock } = (tenant ?? this.tenants.default).organization.runtime;
    const wallAt = clock.wallNow();
    const about = { at: clock.at(wallAt), wallAt, organization: tenant?.id, operation, ended, why, fault };
    const entry = this.journal.record(draftOf(about, request, response, this.#host.sha256), (error) =>
      this.#onFailure(error, request),
    );
    if (tenant === undefined || this.#listeners.size === 0) return;
    const exchanged = new LiveExchange(entry, request, response, tenant.organization, conclusion.incomplete);
    for (const listener of this.#listeners) {
      try {
        listener(tenant, exchanged);
      } catch (error) {
        // Whoever watches must not spoil what it watches.
        this.#onFailure(error, request);
      }
    }
  }
}

function nearestHint({ credential, holder, differsIn }: NearCredential): string {
  const value = credential.indexOf(':') + 1;
  const shown = `${credential.slice(0, value)}${bothEnds(credential.slice(value))} of ${holder}`;
  return differsIn === undefined
    ? `; the nearest is ${shown}`
    : `; it differs in ${differsIn} alone from ${shown}`;
}
