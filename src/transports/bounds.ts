/** How much and how long a transport puts up with. Times in real milliseconds. */
export interface TransportLimits {
  /** Bytes of a request's body. */
  readonly body: number;
  /** From the first byte of a request to the end of its header fields. */
  readonly head: number;
  /** From the first byte of a request to its last. */
  readonly request: number;
  /** Between two requests of a connection. */
  readonly idle: number;
  /** How long a stalled answer keeps its connection. */
  readonly stall: number;
}

export const TRANSPORT_LIMITS: TransportLimits = {
  body: 10 * 1024 * 1024,
  head: 10_000,
  request: 60_000,
  // Go's client keeps idle connections for 90 seconds; a server that closes earlier meets its requests half-way.
  idle: 100_000,
  stall: 10 * 60_000,
};
