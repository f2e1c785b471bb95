import type { PageFault } from '../../services/page-fault.ts';
import type { Where } from '../matching/where.ts';

/** A virtual time, or a duration since the fault was set. */
export type FaultTime = { readonly at: number } | { readonly elapsed: number };

/** Alerts with which a TLS server rejects clients: RFC 8446 section 6. */
export const TLS_ALERTS = {
  certificate_revoked: 44,
  certificate_expired: 45,
  certificate_unknown: 46,
  unknown_ca: 48,
  internal_error: 80,
} as const;

export type TlsAlert = keyof typeof TLS_ALERTS;

/** `on` of faults that apply to a peer before its handshake, or to a connection before its first request. */
export const APPROACH = 'connection';

export type FaultAnswer =
  /** One of Apple's errors, by its name in the error table of the operation's service. */
  | { readonly error: string }
  | {
      readonly status: number;
      readonly body?: string | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    }
  /** In place of a response: the end of the stream or of the connection. */
  | { readonly reset: true }
  | { readonly empty_reply: true }
  | { readonly refused_stream: true }
  | { readonly stall: true }
  /** With this reason as Apple's debug data, or without any. */
  | { readonly goaway: string | true }
  /** The normal response, and a limit of concurrent streams from then on. */
  | { readonly stream_limit: number }
  /** The normal response with half of the body, or with a body that is not JSON. */
  | { readonly truncated_json: true }
  | { readonly malformed_json: true }
  | PageFault
  /** Before the handshake; `on: connection`. */
  | { readonly tls_alert: TlsAlert };

/** Delay of a response in real milliseconds: constant, or drawn by the seed. */
export type Latency =
  | number
  | { readonly uniform: readonly [least: number, most: number] }
  | { readonly log_normal: { readonly median: number; readonly sigma: number } };

/** A bucket of that many requests for each rate-limit key. It refills in that virtual time. */
export interface RateLimit {
  readonly requests: number;
  /** Milliseconds. */
  readonly per: number;
  readonly by: 'credential' | 'device';
}

/** An injected failure, and when it applies. Plain data. */
export interface FaultDefinition {
  readonly id?: string | undefined;
  /** Operation name; a `*` stands for any characters. */
  readonly on: string;
  /** Host name of the request; a `*` stands for any characters. */
  readonly host?: string | undefined;
  readonly where?: Where | undefined;
  /** Only the n-th request that it matches, counted from 1. */
  readonly nth?: number | undefined;
  /** How often it applies at most. */
  readonly times?: number | undefined;
  readonly after?: FaultTime | undefined;
  readonly until?: FaultTime | undefined;
  /** Probability that it applies to a matching request, by the organization's seed; 1 if not given. */
  readonly probability?: number | undefined;
  /** Only requests when the bucket is empty; Apple's 429 if no other answer is given. */
  readonly rateLimit?: RateLimit | undefined;
  /** Undefined: the normal response, only later or more slowly. */
  readonly answer?: FaultAnswer | undefined;
  /** Before the response. */
  readonly latency?: Latency | undefined;
  /** Bytes of the body per real second. */
  readonly bytesPerSecond?: number | undefined;
  /** Seconds in the Retry-After header field. */
  readonly retryAfter?: number | undefined;
}
