import type { ConnectionEffect } from './connection.ts';
import type { HeaderFields } from './request.ts';

/** A body of known bytes (text is sent as UTF-8), or bytes that come bit by bit. */
export type Body = string | Uint8Array | AsyncIterable<Uint8Array>;

/** How a response is handed over. */
export interface Pace {
  /** Real milliseconds before the first byte. */
  readonly delay: number;
  /** Bytes of the body in a real second; as fast as the client takes them where not given. */
  readonly bytesPerSecond?: number;
}

interface Explained {
  /** In plain words why it came out so, for the log, the journal and `x-crabapple-why`. */
  readonly why?: string;
}

/** An answer with a status. */
export interface Response extends Explained {
  /** Tells the outcomes apart. */
  readonly kind: 'response';
  /** HTTP status. */
  readonly status: number;
  /** By names in lower case. */
  readonly headers: HeaderFields;
  /** Empty text where there is none. */
  readonly body: Body;
  /** At once and as fast as the client takes it, where not given. */
  readonly pace?: Pace;
  /** What becomes of the connection beside the answer. */
  readonly effects?: readonly ConnectionEffect[];
}

/** The connection (HTTP/2: the stream) is torn down without an answer. */
export interface Reset extends Explained {
  readonly kind: 'reset';
}

/** The connection is closed in good order without a byte. */
export interface EmptyReply extends Explained {
  readonly kind: 'empty_reply';
}

/**
 * HTTP/2: the request is left unprocessed and the connection ends with a GOAWAY, Apple's reason as debug data.
 * To answer first and then say goodbye is an effect of the answer.
 */
export interface GoAway extends Explained {
  readonly kind: 'goaway';
  readonly reason?: string;
}

/** HTTP/2: the stream is refused unprocessed. */
export interface RefusedStream extends Explained {
  readonly kind: 'refused_stream';
}

/** Nothing is ever answered; the connection stays open. */
export interface Stall extends Explained {
  readonly kind: 'stall';
}

/** All that can become of a request. A transport carries it out and says which kinds it cannot do. */
export type Outcome = Response | Reset | EmptyReply | GoAway | RefusedStream | Stall;

const encoder = new TextEncoder();

/** The bytes of a body that is known; undefined of one that comes bit by bit. */
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

/** The same outcome with more header fields; those already there win. */
export function withHeaders(outcome: Response, headers: HeaderFields): Response {
  if (headers === NO_HEADERS) return outcome;
  return { ...outcome, headers: { ...headers, ...outcome.headers } };
}
