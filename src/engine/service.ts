import type { AppleError } from '../core/apple-error.ts';
import type { Connection, ConnectionDecision } from '../core/connection.ts';
import type { Method } from '../core/method.ts';
import type { Outcome, Response, Body as ResponseBody } from '../core/outcome.ts';
import type { HeaderFields, HttpRequest } from '../core/request.ts';
import type { Area } from '../organization/area.ts';
import type { BehaviorTable } from '../organization/behavior.ts';
import type { Change } from '../organization/change.ts';
import type { Organization } from '../organization/organization.ts';
import type { BodySchema, BodyShape, BodyValue } from './body.ts';
import type { FieldGroup } from './fields.ts';
import type { Domain } from './matching/exchange-view.ts';

/** One of Apple's errors as it appears on the wire. */
export interface ErrorRow {
  readonly status: number;
  /** The body, before a behavior setting changes its form. */
  readonly body: string;
  readonly when: string;
  /** Apple's page or a public thread; `default` for our own choice (docs/fidelity.md). */
  readonly source: string;
}

export type ErrorTable = Readonly<Record<string, ErrorRow>>;

export const rowOf = (table: ErrorTable, name: string): ErrorRow | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** What a handler returns: a response, or one of Apple's errors by name. */
export type Reply = Response | AppleError;

/**
 * Reads the credential of a request and checks it. The engine calls `read` once for each request and hands the result to
 * the other functions.
 */
export interface AuthenticationScheme<Caller, Presented = unknown> {
  readonly name: string;
  /** How OpenAPI describes the scheme; `{ type: http, scheme: NAME }` if not given. */
  readonly openApi?: Readonly<Record<string, unknown>>;
  /** True if requests need no credential. One that is sent still selects the organization. */
  readonly anonymous?: boolean;
  /** Parses what the request presents: a header, a member of the body, a client certificate. */
  read(request: HttpRequest): Presented;
  /**
   * The key of the credential in the credential index; undefined if the request carries none. A request with several
   * credentials returns one that an organization holds.
   */
  credential(presented: Presented, isHeld: (credential: string) => boolean): string | undefined;
  /** Returns a promise only for work that is asynchronous, such as the first check of a signature. */
  authenticate(
    organization: Organization,
    request: HttpRequest,
    presented: Presented,
  ): Caller | AppleError | Promise<Caller | AppleError>;
  /** Name of the MDM server that holds the credential; undefined if none does. Matchers and rate limits ask for it. */
  sender?(organization: Organization, presented: Presented): string | undefined;
  /** Names in the service's error table that every call of the scheme can return. */
  readonly errors?: readonly string[];
  /** Header fields for every response to an authenticated caller. */
  responseHeaders?(organization: Organization, caller: Caller): HeaderFields;
}

export interface Call<Caller, Body> {
  readonly request: HttpRequest;
  /** Values of the placeholders in the path, such as `{token}`. */
  readonly parameters: PathParameters;
  readonly organization: Organization;
  readonly caller: Caller;
  readonly body: Body;
}

/** Values of the placeholders in a path, percent-decoded if the encoding is valid. */
export type PathParameters = Readonly<Record<string, string>>;

/** What a fault does to a page of devices. */
export type PageFault =
  /** The response repeats the cursor of the request and says that more follows. */
  | { readonly stuck_cursor: true }
  /** The devices of the page are left out, or appear twice. */
  | { readonly sync_events: 'lost' | 'doubled' };

/** One API call of a service. */
export interface Operation {
  /** `service.thing.verb`, as scenarios, journal and reports show it. */
  readonly name: string;
  readonly methods: readonly Method[];
  /** Exact, or with placeholders of one segment each: `/3/device/{token}`. */
  readonly path: string;
  readonly about: string;
  readonly scheme: AuthenticationScheme<unknown>;
  readonly body?: BodySchema | undefined;
  /** Names in the service's error table that the call documents, beside those of its scheme and its body. */
  readonly errors: readonly string[];
  /** Apple's page or a public thread. */
  readonly source: string;
  handler(call: Call<unknown, unknown>): Reply | Promise<Reply>;
  /** For calls that return pages of devices: the page with a fault applied; undefined if the response is no page. */
  alterPage?(fault: PageFault, request: HttpRequest, response: Response): ResponseBody | undefined;
}

interface OperationDefinition<Caller, Presented, Shape extends BodyShape>
  extends Omit<Operation, 'scheme' | 'body' | 'handler'> {
  readonly scheme: AuthenticationScheme<Caller, Presented>;
  readonly body?: BodySchema<Shape>;
  readonly handler: (call: Call<Caller, BodyValue<Shape>>) => Reply | Promise<Reply>;
}

/** Checks that scheme, body schema and handler agree, then hides their types. */
export function operation<Caller, Presented, Shape extends BodyShape = Record<never, never>>(
  definition: OperationDefinition<Caller, Presented, Shape>,
): Operation {
  return definition as unknown as Operation;
}

/** Names in the error table of the errors that the engine itself returns. */
export interface ErrorRoles {
  readonly unknownPath: string;
  readonly wrongMethod: string;
  readonly bodyTooLarge: string;
  readonly malformedBody: string;
  readonly internalError: string;
  readonly tooManyRequests: string;
}

/** The credentials by which requests to a service find their organization. */
export interface ServiceCredentials {
  all(organization: Organization): readonly string[];
  /** Credentials that a change adds. */
  added?(change: Change): readonly string[] | undefined;
  /** True if a change replaces credentials, so that `all` must be read again. */
  replaced?(change: Change): boolean;
  /** Why an organization cannot have a credential that another one holds; undefined for the usual message. */
  conflict?(credential: string, holder: string): string | undefined;
}

/** What a service decides before the first request of a connection. */
export interface ConnectionPolicy {
  /** The key in the credential index by which a connection finds its organization. */
  credential(connection: Connection): string | undefined;
  /** Returns undefined if the connection does not concern the service. */
  decide(organization: Organization, connection: Connection): ConnectionDecision | undefined;
}

/** The devices that a request names, for rate limits by device and matchers. */
export interface RequestDevices {
  /** Keys of the devices: serial numbers, or a device token. */
  keys(request: HttpRequest, parameters: PathParameters): readonly string[];
  /** The device that a push is addressed to, by its path. */
  pushed?(organization: Organization, path: string): ReturnType<Domain['pushedDevice']>;
}

/** Where the generated tables of a service appear in the docs. */
export interface ServiceDocs {
  /** `docs/services/PAGE.md`. */
  readonly page: string;
  /** Suffix of the operation table's marker, if the page has several: `operation table of v1`. */
  readonly part?: string;
  /** Which rows of the error table the page lists; all of them if not given. `none` if another service lists them. */
  readonly errors?: ((name: string) => boolean) | 'none';
  /** True if the field table has a column with protocol versions. */
  readonly versions?: boolean;
}

/** One of Apple's services: everything that the simulated Apple has of it. */
export interface Service {
  /** Unique. Also the section under `behavior:` that holds its settings. */
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly hosts: readonly string[];
  /** Prefixes of paths that belong to the service under any host name. */
  readonly roots?: readonly string[];
  readonly operations: readonly Operation[];
  readonly fields: Readonly<Record<string, FieldGroup>>;
  readonly errors: ErrorTable;
  readonly errorRoles: ErrorRoles;
  /** An error as the client receives it: most are responses, some end the connection. */
  renderError(organization: Organization, error: AppleError, request: HttpRequest): Outcome;
  readonly behavior?: BehaviorTable;
  /** Areas of state that only this service needs, with their scenario sections and portal actions. */
  readonly areas?: readonly Area[];
  readonly credentials?: ServiceCredentials;
  readonly connectionPolicy?: ConnectionPolicy;
  readonly devices?: RequestDevices;
  /** Header fields that carry credentials of the service, in lower case: the journal masks them. */
  readonly secretHeaders?: readonly string[];
  /** Starts work other than handling requests, such as webhooks. @returns how to stop it */
  start?(organization: Organization): () => void;
  readonly docs?: ServiceDocs;
}
