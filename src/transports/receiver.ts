import type {
  Connection,
  ConnectionDecision,
  ConnectionFailure,
  HandshakeDecision,
  TlsPeer,
} from '../core/connection.ts';
import type { Outcome, Response } from '../core/outcome.ts';
import type { HttpRequest } from '../core/request.ts';

/** Receives connections and requests from the transports. The server's puts the engine and the control API behind them. */
export interface RequestReceiver {
  /** Decides what happens to a peer of a TLS port before its handshake. */
  beforeHandshake(peer: TlsPeer): HandshakeDecision;
  /** Decides what happens to a new connection before the first byte is sent on it. */
  onConnection(connection: Connection): ConnectionDecision;
  /** A connection failed by itself: its handshake, its protocol, or an error of ours. */
  connectionFailed(failure: ConnectionFailure): void;
  /** Never throws and never rejects. */
  handle(request: HttpRequest): Outcome | Promise<Outcome>;
  /** Renders the response to a request that the transport rejects; its body was not read. */
  reject(request: HttpRequest, status: number, why: string): Response;
  /** Records a request that was never completed. @param ended `client_gone`, `client_stalled`, `bad_framing`, … */
  aborted(request: HttpRequest, ended: string): void;
  /** Reports to the operator that a request was not handled as intended. */
  notice(request: HttpRequest, message: string): void;
  /** Reports an exception of ours outside of `handle`. */
  failed(error: unknown): void;
}

/** Limits of a transport. Times in real milliseconds. */
export interface TransportLimits {
  /** Bytes of a request body. */
  readonly body: number;
  /** From the first byte of a request to the end of its header fields. */
  readonly head: number;
  /** From the first byte of a request to its last. */
  readonly request: number;
  /** Between two requests of a connection. */
  readonly idle: number;
  /** How long a stalled response keeps its connection. */
  readonly stall: number;
}

export const TRANSPORT_LIMITS: TransportLimits = {
  body: 10 * 1024 * 1024,
  head: 10_000,
  request: 60_000,
  // Go's client keeps idle connections for 90 seconds. A server that closes earlier may meet a request that is on its way.
  idle: 100_000,
  stall: 10 * 60_000,
};
