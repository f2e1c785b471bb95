import type { ConnectionEffect } from './connection.ts';
import type { HeaderFields } from './request.ts';

/** A body of known bytes (text is sent as UTF-8), or a stream. */
export type Body = string | Uint8Array | AsyncIterable<Uint8Array>;

/** How fast a response is sent. */
export interface Pace {
  /** Real milliseconds before the first byte. */
  readonly delay: number;
  /** Bytes of the body in a real second; unlimited if not given. */
  readonly bytesPerSecond?: number;
}

interface Explained {
  /** Explains the outcome in the log, the journal and `x-crabapple-why`. */
  readonly why?: string;
}

/** A response. */
export interface Response extends Explained {
  /** The kind of outcome. */
  readonly kind: 'response';
  /** HTTP status. */
  readonly status: number;
  /** By names in lower case. */
  readonly headers: HeaderFields;
  /** Empty text if there is none. */
  readonly body: Body;
  /** Without delay and limit if not given. */
  readonly pace?: Pace;
  /** Effects on the connection. */
  readonly effects?: readonly ConnectionEffect[];
}

/** The connection (HTTP/2: the stream) is reset without a response. */
export interface Reset extends Explained {
  readonly kind: 'reset';
}

/** The connection is closed normally without a byte. */
export interface EmptyReply extends Explained {
  readonly kind: 'empty_reply';
}

/**
 * HTTP/2: the request is left unprocessed and the connection ends with a GOAWAY, Apple's reason as debug data.
 * GOAWAY after a response is an effect of the response.
 */
export interface GoAway extends Explained {
  readonly kind: 'goaway';
  readonly reason?: string;
}

/** HTTP/2: REFUSED_STREAM. */
export interface RefusedStream extends Explained {
  readonly kind: 'refused_stream';
}

/** No response is sent; the connection stays open. */
export interface Stall extends Explained {
  readonly kind: 'stall';
}

/** The outcome of a request. A transport performs it and documents the kinds that it cannot perform. */
export type Outcome = Response | Reset | EmptyReply | GoAway | RefusedStream | Stall;

const encoder = new TextEncoder();

/** The bytes of a body; undefined for a stream. */
export function bodyBytes(body: Body): Uint8Array | undefined {
  if (typeof body === 'string') return encoder.encode(body);
  return body instanceof Uint8Array ? body : undefined;
}

export function respond(status: number, headers: HeaderFields = {}, body: Body = ''): Response {
  return { kind: 'response', status, headers, body };
}

export function explained(response: Response, why: string | undefined): Response {
  return why === undefined ? response : { ...response, why };
}

export const NO_HEADERS: HeaderFields = {};

/** The same response with more header fields. Existing fields are kept. */
export function withHeaders(outcome: Response, headers: HeaderFields): Response {
  if (headers === NO_HEADERS) return outcome;
  return { ...outcome, headers: { ...headers, ...outcome.headers } };
}
