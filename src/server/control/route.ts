import type { Method } from '../../core/method.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { Catalog } from '../../engine/catalog.ts';
import type { PathParameters } from '../../engine/service.ts';
import type { Tenant } from '../../engine/tenant.ts';
import type { Organization } from '../../organization/organization.ts';
import type { Authority } from '../../pki/authority.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import type { Semaphore } from '../../transports/semaphore.ts';
import type { Addresses } from './environment.ts';
import type { ExchangeCounters } from './metrics.ts';
import type { COMMON_PARAMETERS, QueryShape, QueryValues } from './query.ts';
import type { Schema } from './schema.ts';

/** What to end when the server closes: pending waits and listeners of the simulated Apple. */
export class ShutdownHooks {
  readonly #hooks = new Set<() => void>();
  #done = false;

  /** Calls the hook at shutdown, immediately after it. @returns removes the hook */
  add(hook: () => void): () => void {
    if (this.#done) hook();
    else this.#hooks.add(hook);
    return () => this.#hooks.delete(hook);
  }

  run(): void {
    this.#done = true;
    for (const hook of this.#hooks) hook();
    this.#hooks.clear();
  }
}

export interface ControlOptions {
  readonly addresses: () => Addresses;
  /** The certificate authority of the server. */
  readonly authority: () => Promise<Authority>;
  /** Ensures that the addresses include a push certificate of an organization, if there is a TLS port. */
  readonly pushCertificate: (organization: Organization) => Promise<void>;
  /** Host names without port, in addition to loopback, under which the control API responds. */
  readonly allowHosts: readonly string[];
  readonly showSecrets: boolean;
  readonly version: string;
  /** Real time, milliseconds since the epoch. */
  readonly startedAt: number;
  readonly shutdown?: ShutdownHooks | undefined;
}

/** What every handler works with. */
export interface ControlContext {
  readonly apple: SimulatedApple;
  readonly options: ControlOptions;
  readonly routes: readonly Route[];
  readonly counters: ExchangeCounters;
  /** Of requests that wait for the journal. */
  readonly waiters: Semaphore;
  /** Of open event streams. */
  readonly streams: Semaphore;
  readonly shutdown: ShutdownHooks;
}

export interface ServerCall<Shape extends QueryShape = QueryShape> {
  readonly context: ControlContext;
  readonly request: HttpRequest;
  readonly query: QueryValues<Shape> & QueryValues<typeof COMMON_PARAMETERS>;
  /** Values of the path parameters: `{name}`. */
  readonly parameters: PathParameters;
}

export interface OrganizationCall<Shape extends QueryShape = QueryShape> extends ServerCall<Shape> {
  readonly tenant: Tenant;
}

export interface BodyDescription {
  readonly type: string;
  /** Depends on the services if portal actions are a part of it. */
  readonly schema: Schema | ((catalog: Catalog) => Promise<Schema>);
}

export interface ResponseDescription {
  /** Default 200. */
  readonly status?: number;
  readonly about: string;
  /** Default JSON. */
  readonly type?: string;
  readonly schema: Schema;
}

type Reply = Outcome | Promise<Outcome>;

interface RouteBase<Shape extends QueryShape> {
  /** Unique, for the API description: `journal.wait`. */
  readonly name: string;
  readonly method: Method;
  readonly path: string;
  readonly about: string;
  readonly query?: Shape;
  readonly body?: BodyDescription;
  /** In bytes; default `BODY_LIMIT`. */
  readonly bodyLimit?: number;
  readonly response: ResponseDescription;
}

interface ServerRoute<Shape extends QueryShape> extends RouteBase<Shape> {
  readonly scope: 'server';
  readonly handler: (call: ServerCall<Shape>) => Reply;
}

interface OrganizationRoute<Shape extends QueryShape> extends RouteBase<Shape> {
  /** Concerns one organization: that of `?organization=`, or the default one. */
  readonly scope: 'organization';
  readonly handler: (call: OrganizationCall<Shape>) => Reply;
}

/** One call of the control API. */
export type Route = ServerRoute<QueryShape> | OrganizationRoute<QueryShape>;

export const PREFIX = '/_crabapple/';

export const BODY_LIMIT = 1024 * 1024;

/** Infers the types of the query for the handler. */
export function route<const Shape extends QueryShape = Record<never, never>>(
  given: ServerRoute<Shape> | OrganizationRoute<Shape>,
): Route {
  return given as unknown as Route;
}
