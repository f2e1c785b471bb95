import type { Response } from '../core/outcome.ts';
import { formMembers, type HttpRequest } from '../core/request.ts';
import type { Organization } from '../organization/organization.ts';
import { type BodyFormat, bodyContent, requestContent } from './body.ts';
import type { Catalog } from './catalog.ts';
import type { JournalEntry } from './journal/entry.ts';
import { exchangeView, textOf } from './journal/view.ts';
import type { Domain, ExchangeView, Owner, ResponseView } from './matching/exchange-view.ts';
import type { Service } from './service.ts';

/** One exchange of an organization, as listeners and expectations see it. */
export interface ObservedExchange {
  readonly seq: number;
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number;
  /** Undefined if the request matched no operation. */
  readonly operation: string | undefined;
  /** Parses bodies on first use. */
  readonly view: ExchangeView;
  /** The unparsed body of the response; undefined if there is none, or if it is a stream. */
  readonly answerText: string | undefined;
  /** Explains the outcome. */
  readonly why: string | undefined;
  /** Id of the fault that was applied to it. */
  readonly fault: string | undefined;
  /** True if only a part of a body is known: the journal keeps the head of large ones. */
  readonly partial: boolean;
}

function answerText(response: Response | undefined): string | undefined {
  const body = response?.body;
  return typeof body === 'string' || body instanceof Uint8Array ? textOf(body) : undefined;
}

class LiveView implements ExchangeView {
  readonly method: string;
  readonly path: string;
  readonly headers: HttpRequest['headers'];
  readonly domain: Domain;
  readonly #request: HttpRequest;
  readonly #response: Response | undefined;
  readonly #format: BodyFormat | undefined;
  #query: Readonly<Record<string, unknown>> | undefined;
  #body: unknown;
  #read = false;
  #answer: ResponseView | undefined;

  constructor(
    request: HttpRequest,
    response: Response | undefined,
    domain: Domain,
    format: BodyFormat | undefined,
  ) {
    this.domain = domain;
    this.#format = format;
    this.method = request.method;
    this.path = request.path;
    this.headers = request.headers;
    this.#request = request;
    this.#response = response;
  }

  get query(): Readonly<Record<string, unknown>> {
    this.#query ??= formMembers(this.#request.query);
    return this.#query;
  }

  get body(): unknown {
    if (!this.#read) {
      this.#body = requestContent(this.#request, this.#format);
      this.#read = true;
    }
    return this.#body;
  }

  get response(): ResponseView | undefined {
    if (this.#response !== undefined) this.#answer ??= new LiveAnswer(this.#response);
    return this.#answer;
  }
}

class LiveAnswer implements ResponseView {
  readonly status: number;
  readonly headers: Response['headers'];
  readonly #response: Response;
  #body: unknown;
  #read = false;

  constructor(response: Response) {
    this.status = response.status;
    this.headers = response.headers;
    this.#response = response;
  }

  get body(): unknown {
    if (!this.#read) {
      const text = answerText(this.#response);
      this.#body = text === undefined ? undefined : bodyContent(text, undefined);
      this.#read = true;
    }
    return this.#body;
  }
}

/** An exchange at the time of its response, with complete bodies. */
export class LiveExchange implements ObservedExchange {
  readonly seq: number;
  readonly at: number;
  readonly operation: string | undefined;
  readonly view: ExchangeView;
  readonly why: string | undefined;
  readonly fault: string | undefined;
  readonly partial: boolean;
  readonly #response: Response | undefined;

  constructor(
    { seq, at, operation, bodyFormat, why, fault }: JournalEntry,
    request: HttpRequest,
    response: Response | undefined,
    domain: Domain,
    incomplete = false,
  ) {
    this.seq = seq;
    this.at = at;
    this.operation = operation;
    this.why = why;
    this.fault = fault;
    this.view = new LiveView(request, response, domain, bodyFormat);
    this.partial = incomplete || (response !== undefined && isStream(response));
    this.#response = response;
  }

  get answerText(): string | undefined {
    return answerText(this.#response);
  }
}

/** How requests end that never became complete. */
const CUT: ReadonlySet<string | undefined> = new Set(['client_gone', 'client_stalled', 'bad_framing']);

const isStream = ({ body }: Response): boolean => typeof body !== 'string' && !(body instanceof Uint8Array);

/** An exchange that the journal kept. */
export function rememberedExchange(
  entry: JournalEntry,
  organization: Organization,
  catalog: Catalog,
): ObservedExchange {
  const { request, response } = entry;
  const found = entry.operation === undefined ? undefined : catalog.find(entry.operation);
  const sender = (): string | undefined => {
    const scheme = found?.operation.scheme;
    return scheme?.sender?.(organization, scheme.read(requestOf(entry)));
  };
  return {
    seq: entry.seq,
    at: entry.at,
    operation: entry.operation,
    view: { ...exchangeView(entry), domain: domainOf(organization, found?.service, sender) },
    why: entry.why,
    fault: entry.fault,
    answerText: response?.body.kind === 'whole' ? textOf(response.body.bytes) : undefined,
    partial:
      request.body.kind !== 'whole' ||
      (response !== undefined && response.body.kind !== 'whole') ||
      CUT.has(entry.ended),
  };
}

const encoder = new TextEncoder();

/** The request of an entry, with an empty body if it was not kept whole. */
export function requestOf({ request, transport }: JournalEntry): HttpRequest {
  const kept = request.body.kind === 'whole' ? request.body.bytes : '';
  const body = typeof kept === 'string' ? encoder.encode(kept) : kept;
  return { ...request, body, transport: { name: transport } };
}

/**
 * What matchers look up in the organization, as of the time of the look-up.
 *
 * @param sender the name of the MDM server that sent the request; called once, and only if a matcher needs it
 */
export function domainOf(
  organization: Organization,
  service: Service | undefined,
  sender: () => string | undefined,
): Domain {
  let mdmServer: { readonly server: string | undefined } | undefined;
  const nameOf = (server: number): Owner => organization.enrollment.servers[server]?.serverName ?? null;
  return {
    ownerOfDevice(serialNumber) {
      const { inventory } = organization.enrollment;
      const device = inventory.find(serialNumber);
      return device === undefined ? undefined : nameOf(inventory.serverOf(device));
    },
    ownerOfProfile(profileUuid) {
      const stored = organization.enrollment.profiles.find(profileUuid, 'lenient');
      return stored === undefined ? undefined : nameOf(stored.server);
    },
    get mdmServer() {
      mdmServer ??= { server: sender() };
      return mdmServer.server;
    },
    pushedDevice: (path) => service?.devices?.pushed?.(organization, path),
  };
}
