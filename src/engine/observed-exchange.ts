import type { Response } from '../core/outcome.ts';
import { type HttpRequest, parseBody } from '../core/request.ts';
import type { Organization } from '../organization/organization.ts';
import { domainOf } from './domain-of.ts';
import type { JournalEntry } from './journal/entry.ts';
import { exchangeView, jsonValue, queryObject, textOf } from './journal/view.ts';
import type { Domain, ExchangeView, ResponseView } from './matching/exchange-view.ts';

/** One exchange of an organization, told when its answer is about to leave. */
export interface ObservedExchange {
  readonly seq: number;
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number;
  /** Undefined where the request met no operation. */
  readonly operation: string | undefined;
  /** Its bodies are parsed when somebody looks at them, once. */
  readonly view: ExchangeView;
  /** The answer's body before anybody parsed it; undefined where there is none, or where it is a stream. */
  readonly answerText: string | undefined;
  /** In plain words why it came out so. */
  readonly why: string | undefined;
  /** Id of the fault that was applied to it. */
  readonly fault: string | undefined;
  /** True where a body is known in part only, as the journal keeps large ones. */
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
  readonly #request: HttpRequest;
  readonly #response: Response | undefined;
  readonly #organization: Organization;
  #query: Readonly<Record<string, unknown>> | undefined;
  #domain: Domain | undefined;
  #answer: ResponseView | undefined;

  constructor(request: HttpRequest, response: Response | undefined, organization: Organization) {
    this.method = request.method;
    this.path = request.path;
    this.headers = request.headers;
    this.#request = request;
    this.#response = response;
    this.#organization = organization;
  }

  get query(): Readonly<Record<string, unknown>> {
    this.#query ??= queryObject(this.#request.query);
    return this.#query;
  }

  get body(): unknown {
    const body = parseBody(this.#request);
    return body.kind === 'json' ? body.value : body.kind === 'text' ? body.text : undefined;
  }

  get response(): ResponseView | undefined {
    if (this.#response !== undefined) this.#answer ??= new LiveAnswer(this.#response);
    return this.#answer;
  }

  get domain(): Domain {
    this.#domain ??= domainOf(this.#organization, this.#request.headers);
    return this.#domain;
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
      this.#body = text === undefined ? undefined : jsonValue(text);
      this.#read = true;
    }
    return this.#body;
  }
}

/** An exchange as it happens, its bodies whole. */
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
    { seq, at, operation, why, fault }: JournalEntry,
    request: HttpRequest,
    response: Response | undefined,
    organization: Organization,
    incomplete = false,
  ) {
    this.seq = seq;
    this.at = at;
    this.operation = operation;
    this.why = why;
    this.fault = fault;
    this.view = new LiveView(request, response, organization);
    this.partial = incomplete || (response !== undefined && isStream(response));
    this.#response = response;
  }

  get answerText(): string | undefined {
    return answerText(this.#response);
  }
}

/** Ends of requests that never became whole. */
const CUT: ReadonlySet<string | undefined> = new Set(['client_gone', 'client_stalled', 'bad_framing']);

const isStream = ({ body }: Response): boolean => typeof body !== 'string' && !(body instanceof Uint8Array);

/** An exchange as the journal remembers it. */
export function rememberedExchange(entry: JournalEntry, organization: Organization): ObservedExchange {
  const { request, response } = entry;
  const domain = domainOf(organization, request.headers);
  return {
    seq: entry.seq,
    at: entry.at,
    operation: entry.operation,
    view: { ...exchangeView(entry), domain },
    why: entry.why,
    fault: entry.fault,
    answerText: response?.body.kind === 'whole' ? textOf(response.body.bytes) : undefined,
    partial:
      request.body.kind !== 'whole' ||
      (response !== undefined && response.body.kind !== 'whole') ||
      CUT.has(entry.ended),
  };
}
