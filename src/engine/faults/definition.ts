import type { Where } from '../matching/where.ts';
import type { PageFault } from '../service.ts';

/** A virtual time, or how long after the fault was set. */
export type FaultTime = { readonly at: number } | { readonly elapsed: number };

/** Alerts by which a TLS server turns clients away: RFC 8446 section 6. */
export const TLS_ALERTS = {
  certificate_revoked: 44,
  certificate_expired: 45,
  certificate_unknown: 46,
  unknown_ca: 48,
  internal_error: 80,
} as const;

export type TlsAlert = keyof typeof TLS_ALERTS;

/** What `on` says of faults that apply to a peer before its handshake, or a connection before its first request. */
export const CONNECTION = 'connection';

export type FaultAnswer =
  /** One of Apple's errors, by its name in the error table of the operation's service. */
  | { readonly error: string }
  | {
      readonly status: number;
      readonly body?: string | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    }
  /** In place of an answer: what becomes of the stream, or of the connection. */
  | { readonly reset: true }
  | { readonly empty_reply: true }
  | { readonly refused_stream: true }
  | { readonly stall: true }
  /** With this reason as Apple's debug data, or without any. */
  | { readonly goaway: string | true }
  /** The request is answered as ever, and the client may have so many streams from then on. */
  | { readonly stream_limit: number }
  /** The request is answered as ever, with half of the body, or with one that is no JSON. */
  | { readonly truncated_json: true }
  | { readonly malformed_json: true }
  | PageFault
  /** Before the handshake; `on: connection`. */
  | { readonly tls_alert: TlsAlert };

/** How long an answer waits, in real milliseconds: always the same, or drawn by the seed. */
export type Latency =
  | number
  | { readonly uniform: readonly [least: number, most: number] }
  | { readonly log_normal: { readonly median: number; readonly sigma: number } };

/** A bucket that holds so many requests and fills again in that virtual time, one for each who takes from it. */
export interface RateLimit {
  readonly requests: number;
  /** Milliseconds. */
  readonly per: number;
  readonly by: 'credential' | 'device';
}

/** What shall go wrong, and when. Plain data. */
export interface FaultDefinition {
  readonly id?: string | undefined;
  /** Operation name; a `*` stands for any characters. */
  readonly on: string;
  /** Host name that the client asks for; a `*` stands for any characters. */
  readonly host?: string | undefined;
  readonly where?: Where | undefined;
  /** Only the n-th request that it matches, counted from 1. */
  readonly nth?: number | undefined;
  /** How often it applies to at most. */
  readonly times?: number | undefined;
  readonly after?: FaultTime | undefined;
  readonly until?: FaultTime | undefined;
  /** Chance with which a matching request is applied, by the organization's seed; 1 where not given. */
  readonly probability?: number | undefined;
  /** Only requests that come when the bucket is empty; Apple's 429 where no other answer is given. */
  readonly rateLimit?: RateLimit | undefined;
  /** Undefined: the request is answered as ever, only later or more slowly. */
  readonly answer?: FaultAnswer | undefined;
  /** Before the answer. */
  readonly latency?: Latency | undefined;
  /** Bytes of the body in a real second. */
  readonly bytesPerSecond?: number | undefined;
  /** Seconds in the header field of that name. */
  readonly retryAfter?: number | undefined;
}
