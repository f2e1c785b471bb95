import type { Admission, Approach, Connection, Greeting, LostConnection } from '../core/connection.ts';
import type { Outcome, Response } from '../core/outcome.ts';
import type { HttpRequest } from '../core/request.ts';

/** Who answers behind a transport. */
export interface Receiver {
  /** Asked before the TLS handshake of every peer. */
  admit(approach: Approach): Admission;
  /** A connection that failed by itself, whatever requests were on it. */
  lose(lost: LostConnection): void;
  /** Asked for every new connection, before the first byte of ours on it. */
  greet(connection: Connection): Greeting;
  /** Never throws and never rejects. */
  handle(request: HttpRequest): Outcome | Promise<Outcome>;
  /** A request that the transport itself does not let in; the body of it was not read. */
  refuse(request: HttpRequest, status: number, why: string): Response;
  /** A request that never became complete: `client_gone`, `client_stalled`, `bad_framing`. */
  abandon(request: HttpRequest, ended: string): void;
  /** Something that whoever runs the server should hear of. */
  notice(request: HttpRequest, message: string): void;
}
