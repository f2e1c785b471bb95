import { preciseInstant } from '../../core/clock.ts';
import { formMembers, type HeaderFields, type HttpRequest } from '../../core/request.ts';
import { type BodyFormat, bodyContent, requestContent } from '../body.ts';
import type { Domain, ExchangeView } from '../matching/exchange-view.ts';
import type { JournalEntry, KeptBody } from './entry.ts';
import type { Masks } from './secrets.ts';

const decoder = new TextDecoder();

export function textOf(bytes: string | Uint8Array): string {
  return typeof bytes === 'string' ? bytes : decoder.decode(bytes);
}

function keptContent(body: KeptBody, format?: BodyFormat): unknown {
  switch (body.kind) {
    case 'whole':
      return bodyContent(textOf(body.bytes), format);
    case 'head':
      return { head: body.head, length: body.length, sha256: body.sha256 };
    case 'stream':
      return undefined;
  }
}

/** The view of a request that has no response yet. */
export function requestView(
  request: HttpRequest,
  domain: Domain,
  format: BodyFormat | undefined,
): ExchangeView {
  return {
    method: request.method,
    path: request.path,
    query: formMembers(request.query),
    headers: request.headers,
    body: requestContent(request, format),
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
export function exchangeView({ request, response, bodyFormat }: JournalEntry): ExchangeView {
  return {
    method: request.method,
    path: request.path,
    query: formMembers(request.query),
    headers: request.headers,
    body: keptContent(request.body, bodyFormat),
    ...(response === undefined
      ? {}
      : {
          response: { status: response.status, headers: response.headers, body: keptContent(response.body) },
        }),
  };
}

export function shownBody(body: KeptBody, masks: Masks | undefined, format?: BodyFormat): unknown {
  const value = keptContent(body, format);
  if (masks === undefined) return value;
  if (body.kind === 'head') return { head: masks.text(body.head), length: body.length, sha256: body.sha256 };
  return typeof value === 'string' ? masks.text(value) : masks.members(value);
}

const shownHeaders = (headers: HeaderFields, masks: Masks | undefined): HeaderFields =>
  masks === undefined ? headers : masks.headers(headers);

/** An entry in the form of the control API. @param masks undefined to show secrets */
export function entryJson(entry: JournalEntry, masks: Masks | undefined): Record<string, unknown> {
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
      query: formMembers(masks === undefined ? request.query : masks.parameters(request.query)),
      headers: shownHeaders(request.headers, masks),
      body: shownBody(request.body, masks, entry.bodyFormat) ?? null,
    },
    response:
      response === undefined
        ? null
        : {
            status: response.status,
            headers: shownHeaders(response.headers, masks),
            body: shownBody(response.body, masks) ?? null,
          },
    ...(entry.ended === undefined ? {} : { ended: entry.ended }),
    ...(entry.why === undefined ? {} : { why: entry.why }),
    ...(entry.fault === undefined ? {} : { fault: entry.fault }),
  };
}
