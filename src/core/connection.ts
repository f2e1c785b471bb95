import type { ClientCertificate } from './client-certificate.ts';

/**
 * The connection of a request. All its requests share one object, so a WeakMap can keep what belongs to the connection:
 * verified tokens, the team that pushed first.
 */
export interface Connection {
  /** Counts up through the life of the process. */
  readonly id: number;
  readonly protocol: 'http/1.1' | 'h2';
  readonly secure: boolean;
  /** The server name (SNI) of the TLS handshake, in lower case. */
  readonly serverName: string | undefined;
  readonly certificate: ClientCertificate | undefined;
}

/** A client that has connected to a TLS port, before its handshake. */
export interface TlsPeer {
  readonly port: number;
  /** The host name in its ClientHello, in lower case; null if it names none, undefined before it was read. */
  readonly serverName?: string | null | undefined;
}

/** What happens before the TLS handshake. */
export type HandshakeDecision =
  | { readonly kind: 'handshake' }
  /** Read the ClientHello and decide again, with its host name. */
  | { readonly kind: 'read_hello' }
  /** The TCP connection is reset, closed normally, or left open without a byte. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'empty_reply' }
  | { readonly kind: 'stall' }
  /** The TLS alert of that number (RFC 8446 section 6) in answer to the ClientHello: 45 is certificate_expired. */
  | { readonly kind: 'tls_alert'; readonly alert: number };

/** A connection that failed: in its TLS handshake, by an error of the peer, or by an exception of ours. */
export interface ConnectionFailure {
  readonly ended: 'handshake_failed' | 'protocol_error' | 'internal_error';
  readonly secure: boolean;
  /** The server name (SNI) of the TLS handshake, if there is one. */
  readonly serverName: string | undefined;
  readonly why: string;
}

export interface Serve {
  readonly kind: 'serve';
  /** HTTP/2: how many streams a client may have open. Default: 1000. */
  readonly maxConcurrentStreams?: number;
  readonly settings?: ConnectionSettings;
  /** HTTP/2: a request with a larger header list gets 431. Default: no limit, the announced setting is advisory. */
  readonly largestHeaderList?: number;
  /** Real milliseconds without a stream until GOAWAY with `IdleTimeout`. Default: never. */
  readonly idle?: number;
}

/** HTTP/2: what differs from the settings that Apple's server announces (RFC 9113 section 6.5.2). */
export interface ConnectionSettings {
  readonly headerTableSize?: number;
  readonly initialWindowSize?: number;
  readonly maxFrameSize?: number;
  readonly maxHeaderListSize?: number;
}

/** What happens to a connection after its handshake, before the server sends anything. */
export type ConnectionDecision =
  | Serve
  | { readonly kind: 'close'; readonly why: string }
  /** HTTP/2: GOAWAY with Apple's reason before any stream. HTTP/1.1 has no GOAWAY and is served. */
  | { readonly kind: 'goaway'; readonly reason?: string; readonly why: string };

/** What a response does to its connection. */
export type ConnectionEffect =
  /** HTTP/2: new SETTINGS; a client may have so many streams open. */
  | { readonly kind: 'stream_limit'; readonly maxConcurrentStreams: number }
  /** HTTP/2: GOAWAY; streams under way are finished. HTTP/1.1: the connection is closed after the answer. */
  | { readonly kind: 'goaway'; readonly reason?: string };
