import type { Method } from '../../core/method.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { PathParameters } from '../../engine/service.ts';
import type { Tenant } from '../../engine/tenant.ts';
import type { Organization } from '../../organization/organization.ts';
import type { Authority } from '../../pki/authority.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import type { Addresses } from './environment.ts';
import type { ExchangeCounters } from './exchange-counters.ts';
import type { Places } from './places.ts';
import type { EVERYWHERE, QueryShape, QueryValues } from './query.ts';
import type { Schema } from './schema.ts';
import type { Ending } from './shutdown.ts';

export interface ControlOptions {
  readonly addresses: () => Addresses;
  /** The authority that signs certificates here. */
  readonly authority: () => Promise<Authority>;
  /** Sees to it that the addresses have a push certificate of an organization, where TLS is spoken. */
  readonly pushCertificate: (organization: Organization) => Promise<void>;
  /** Host names, without port, that may ask beside loopback. */
  readonly allowHosts: readonly string[];
  readonly showSecrets: boolean;
  readonly version: string;
  /** Real time, milliseconds since the epoch. */
  readonly startedAt: number;
  /** Of the server whose control API it is. */
  readonly ending?: Ending | undefined;
}

/** What every call works with. */
export interface Surroundings {
  readonly crabapple: SimulatedApple;
  readonly options: ControlOptions;
  readonly routes: readonly Route[];
  readonly counters: ExchangeCounters;
  readonly waiters: Places;
  readonly streams: Places;
  readonly ending: Ending;
}

export interface ServerCall<Shape extends QueryShape = QueryShape> {
  readonly surroundings: Surroundings;
  readonly request: HttpRequest;
  readonly query: QueryValues<Shape> & QueryValues<typeof EVERYWHERE>;
  /** What stood at the places of the path: `{name}`. */
  readonly parameters: PathParameters;
}

export interface OrganizationCall<Shape extends QueryShape = QueryShape> extends ServerCall<Shape> {
  readonly tenant: Tenant;
}

export interface BodyDescription {
  readonly type: string;
  readonly schema: Schema | (() => Promise<Schema>);
}

export interface AnswerDescription {
  readonly status?: number;
  readonly about: string;
  /** JSON where not given. */
  readonly type?: string;
  readonly schema: Schema;
}

type Reply = Outcome | Promise<Outcome>;

interface Described<Shape extends QueryShape> {
  /** Unique, for the API description: `journal.wait`. */
  readonly name: string;
  readonly method: Method;
  readonly path: string;
  readonly about: string;
  readonly query?: Shape;
  readonly body?: BodyDescription;
  /** Bytes; LARGEST_BODY where not given. */
  readonly largestBody?: number;
  readonly answer: AnswerDescription;
}

interface ServerRow<Shape extends QueryShape> extends Described<Shape> {
  readonly scope: 'server';
  readonly handler: (call: ServerCall<Shape>) => Reply;
}

interface OrganizationRow<Shape extends QueryShape> extends Described<Shape> {
  /** Concerns one organization: that of `?organization=`, else the default one. */
  readonly scope: 'organization';
  readonly handler: (call: OrganizationCall<Shape>) => Reply;
}

/** One row of the table. */
export type Route = ServerRow<QueryShape> | OrganizationRow<QueryShape>;

export const PREFIX = '/_crabapple/';

export const LARGEST_BODY = 1024 * 1024;

/** Ties the types of query and handler together before the row goes into the table. */
export function route<const Shape extends QueryShape = Record<never, never>>(
  row: ServerRow<Shape> | OrganizationRow<Shape>,
): Route {
  return row as unknown as Route;
}
