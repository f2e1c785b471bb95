import type {
  Connection,
  ConnectionDecision,
  ConnectionFailure,
  HandshakeDecision,
  TlsPeer,
} from '../core/connection.ts';
import type { Outcome, Response } from '../core/outcome.ts';
import type { HttpRequest } from '../core/request.ts';

/** Who answers behind a transport. */
export interface Receiver {
  /** For every client of a TLS port, before its handshake. */
  beforeHandshake(peer: TlsPeer): HandshakeDecision;
  /** A connection failed: its TLS handshake, or its protocol. */
  connectionFailed(failure: ConnectionFailure): void;
  /** For every new connection, before the server sends anything on it. */
  onConnection(connection: Connection): ConnectionDecision;
  /** Never throws and never rejects. */
  handle(request: HttpRequest): Outcome | Promise<Outcome>;
  /** A request that the transport itself does not let in; the body of it was not read. */
  refuse(request: HttpRequest, status: number, why: string): Response;
  /** A request that never became complete: `client_gone`, `client_stalled`, `bad_framing`. */
  abandon(request: HttpRequest, ended: string): void;
  /** Something that whoever runs the server should hear of. */
  notice(request: HttpRequest, message: string): void;
}
