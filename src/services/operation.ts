import type { AppleError } from '../core/apple-error.ts';
import type { Method } from '../core/method.ts';
import type { OnDemand } from '../core/on-demand.ts';
import type { Outcome, Response, Body as ResponseBody } from '../core/outcome.ts';
import type { HeaderFields, HttpRequest } from '../core/request.ts';
import type { Change } from '../organization/change.ts';
import type { Organization } from '../organization/organization.ts';
import type { BodyShape, Members } from './body-shape.ts';
import type { ErrorRow } from './error-row.ts';
import type { PageFault } from './page-fault.ts';
import type { ServiceName } from './service-name.ts';

/** What a handler answers: a response of its own, or one of Apple's errors by name. */
export type Reply = Response | AppleError;

/** Where the credential of a request stands, and what makes it good. */
export interface AuthenticationScheme<Caller> {
  readonly name: string;
  /** True where anybody may call: a credential then only says whose answer it is, else the default organization's. */
  readonly anonymous?: boolean;
  /**
   * The credential as it stands in the register of organizations; undefined where the request carries none.
   * Where it carries several, the one that somebody holds.
   */
  credential(request: HttpRequest, isHeld: (credential: string) => boolean): string | undefined;
  /** A promise only where it cannot be told at once: the first time that a signature is seen. */
  authenticate(
    organization: Organization,
    request: HttpRequest,
  ): Caller | AppleError | Promise<Caller | AppleError>;
  /** Names in the service's error table that every call of the scheme can meet. */
  readonly errors?: readonly string[];
  /** Header fields that the answer to a caller carries, whatever the answer is. */
  conclude?(organization: Organization, caller: Caller): HeaderFields;
}

export interface Call<Caller, Body> {
  readonly request: HttpRequest;
  /** What stood at the places of the path: `{token}`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly organization: Organization;
  readonly caller: Caller;
  readonly body: Body;
}

/** One row of the operation table: where a call is found. */
export interface OperationRow {
  /** `service.thing.verb`, as scenarios, journal and reports say it. */
  readonly name: string;
  readonly methods: readonly Method[];
  /** Exact, or with places for one segment each: `/3/device/{token}`. */
  readonly path: string;
}

/** What a call does, whichever row leads there. */
export interface Conduct {
  readonly about: string;
  readonly scheme: AuthenticationScheme<unknown>;
  readonly body?: BodyShape;
  /** Names in the service's error table that the call documents, beside those that every call can meet. */
  readonly errors: readonly string[];
  /** Apple's page, or the public thread. */
  readonly source: string;
  handler(call: Call<unknown, unknown>): Reply | Promise<Reply>;
}

/** A row of the table with what it leads to. */
export interface Operation extends OperationRow, Conduct {}

interface TypedConduct<Caller, Shape extends BodyShape> extends Omit<Conduct, 'scheme' | 'body' | 'handler'> {
  readonly scheme: AuthenticationScheme<Caller>;
  readonly body?: Shape;
  readonly handler: (call: Call<Caller, Members<Shape>>) => Reply | Promise<Reply>;
}

/** Ties the types of scheme, body and handler together before they go behind the table. */
export function operation<Caller, Shape extends BodyShape = Record<never, never>>(
  conduct: TypedConduct<Caller, Shape>,
): Conduct {
  return conduct as unknown as Conduct;
}

/** What must be known of one of Apple's services before anybody calls it: its names and its operation table. */
export interface ServiceTable {
  readonly name: ServiceName;
  readonly hosts: readonly string[];
  /** Beginnings of paths that are the service's own under any host name. */
  readonly roots?: readonly string[];
  readonly rows: readonly OperationRow[];
  /** Every credential by which requests to this service find the organization. */
  credentials(organization: Organization): readonly string[];
  /** Credentials of the organization that a change brought. */
  gained?(change: Change): readonly string[] | undefined;
  /** Work of the service's own, beside answering. @returns how to end it */
  attend?(organization: Organization): () => void;
  /** What answers, loaded with the first call. */
  readonly service: OnDemand<Service>;
}

/** What answers the calls of a service: its operations, the form of its errors. */
export interface Service {
  readonly name: ServiceName;
  readonly hosts: readonly string[];
  /** One for each row of the table, in its order. */
  readonly operations: readonly Operation[];
  /** Its error table. */
  readonly errors: Readonly<Record<string, ErrorRow>>;
  /** An error as the client meets it: most are responses, some end the connection. */
  renderError(organization: Organization, error: AppleError, request: HttpRequest): Outcome;
  /** Names in the error table: of a path that is none, and of a method that a path does not take. */
  readonly unknownPath: string;
  readonly wrongMethod: string;
  /** The same, of a body that no transport lets in. */
  readonly bodyTooLarge: string;
  /** The name in the error table of a body that does not fit, and of a failure of our own. */
  readonly malformedBody: string;
  readonly internalError: string;
  /** The same, of one who asks too often. */
  readonly tooManyRequests: string;
  /** A page of the service's with something wrong in it; undefined of an answer that is no page. */
  alterPage?(fault: PageFault, request: HttpRequest, response: Response): ResponseBody | undefined;
}
