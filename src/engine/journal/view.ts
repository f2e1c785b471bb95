import { preciseInstant } from '../../core/clock.ts';
import { type HeaderFields, type HttpRequest, parseBody } from '../../core/request.ts';
import type { Domain, ExchangeView } from '../matching/exchange-view.ts';
import type { JournalEntry, KeptBody } from './entry.ts';
import { maskHeaders, maskMembers, maskParameters, maskText } from './secrets.ts';

const decoder = new TextDecoder();

export function textOf(bytes: string | Uint8Array): string {
  return typeof bytes === 'string' ? bytes : decoder.decode(bytes);
}

/** The parsed JSON, or the text itself; undefined if it is empty. */
export function jsonValue(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function bodyContent(body: KeptBody): unknown {
  switch (body.kind) {
    case 'whole':
      return jsonValue(textOf(body.bytes));
    case 'head':
      return { head: body.head, length: body.length, sha256: body.sha256 };
    case 'stream':
      return undefined;
  }
}

export function queryObject(query: string): Record<string, unknown> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

/** The view of a request that has no response yet. */
export function requestView(request: HttpRequest, domain: Domain): ExchangeView {
  const body = parseBody(request);
  return {
    method: request.method,
    path: request.path,
    query: queryObject(request.query),
    headers: request.headers,
    body: body.kind === 'json' ? body.value : body.kind === 'text' ? body.text : undefined,
    domain,
  };
}

/** The view of a connection before its first request: it has only the port. */
export const connectionView = (port: number | undefined): ExchangeView => ({
  method: '',
  path: '',
  query: port === undefined ? {} : { port },
  headers: {},
  body: undefined,
});

/** The view of a recorded exchange. A large body is an object of head, length and SHA-256. */
export function exchangeView({ request, response }: JournalEntry): ExchangeView {
  return {
    method: request.method,
    path: request.path,
    query: queryObject(request.query),
    headers: request.headers,
    body: bodyContent(request.body),
    ...(response === undefined
      ? {}
      : {
          response: { status: response.status, headers: response.headers, body: bodyContent(response.body) },
        }),
  };
}

export function shownBody(body: KeptBody, secrets: boolean): unknown {
  const value = bodyContent(body);
  if (secrets) return value;
  if (body.kind === 'head') return { head: maskText(body.head), length: body.length, sha256: body.sha256 };
  return typeof value === 'string' ? maskText(value) : maskMembers(value);
}

const shownHeaders = (headers: HeaderFields, secrets: boolean): HeaderFields =>
  secrets ? headers : maskHeaders(headers);

/** An entry in the form of the control API. Secrets are masked unless `secrets` is true. */
export function entryJson(entry: JournalEntry, secrets = false): Record<string, unknown> {
  const { request, response } = entry;
  return {
    seq: entry.seq,
    at: preciseInstant(entry.at),
    wall_at: preciseInstant(entry.wallAt),
    organization: entry.organization ?? null,
    operation: entry.operation ?? null,
    transport: entry.transport,
    request: {
      method: request.method,
      scheme: request.scheme,
      authority: request.authority,
      path: request.path,
      query: queryObject(secrets ? request.query : maskParameters(request.query)),
      headers: shownHeaders(request.headers, secrets),
      body: shownBody(request.body, secrets) ?? null,
    },
    response:
      response === undefined
        ? null
        : {
            status: response.status,
            headers: shownHeaders(response.headers, secrets),
            body: shownBody(response.body, secrets) ?? null,
          },
    ...(entry.ended === undefined ? {} : { ended: entry.ended }),
    ...(entry.why === undefined ? {} : { why: entry.why }),
    ...(entry.fault === undefined ? {} : { fault: entry.fault }),
  };
}
