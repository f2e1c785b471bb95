import * as z from 'zod/mini';
import { TLS_ALERTS, type TlsAlert } from '../../engine/faults/definition.ts';
import { LONGEST_LATENCY } from '../../engine/faults/latency.ts';
import { whereSchema } from './matchers.ts';
import { described, durationText, filledText, instantText, operationPattern } from './texts.ts';

const faultTime = z.union([
  z.pipe(
    instantText,
    z.transform((at) => ({ at })),
  ),
  z.pipe(
    durationText,
    z.transform((elapsed) => ({ elapsed })),
  ),
]);

export const errorNumber = described(z.int(), 'number of an error of Apps and Books');

export const errorName = described(filledText, "name of one of Apple's errors");

export const faultAnswerSchema = z.union([
  z.pipe(
    errorNumber,
    z.transform((number) => ({ error: String(number) })),
  ),
  z.pipe(
    errorName,
    z.transform((error) => ({ error })),
  ),
  z.strictObject({
    status: z.int().check(z.minimum(200), z.maximum(599)),
    body: z.optional(z.string()),
    headers: z.optional(
      z.record(z.string().check(z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'not a header name')), z.string()),
    ),
  }),
  described(z.strictObject({ reset: z.literal(true) }), 'resets the stream or connection'),
  described(z.strictObject({ empty_reply: z.literal(true) }), 'closes the connection without a response'),
  described(z.strictObject({ refused_stream: z.literal(true) }), 'HTTP/2: REFUSED_STREAM'),
  described(z.strictObject({ stall: z.literal(true) }), 'never responds'),
  described(
    z.strictObject({ goaway: z.union([filledText, z.literal(true)]) }),
    'HTTP/2: GOAWAY with this reason in its debug data',
  ),
  described(
    z.strictObject({ stream_limit: z.int().check(z.minimum(0), z.maximum(100_000)) }),
    'HTTP/2: responds normally, and allows only this number of concurrent streams from then on',
  ),
  described(z.strictObject({ truncated_json: z.literal(true) }), 'responds with the first half of the body'),
  described(z.strictObject({ malformed_json: z.literal(true) }), 'responds with a body that is not JSON'),
  described(
    z.strictObject({ stuck_cursor: z.literal(true) }),
    'pages of devices: returns the cursor of the request and more_to_follow: true',
  ),
  described(
    z.strictObject({ sync_events: z.enum(['lost', 'doubled']) }),
    'pages of devices: leaves the devices out, or lists them twice',
  ),
  described(
    z.strictObject({ tls_alert: z.enum(Object.keys(TLS_ALERTS) as [TlsAlert, ...TlsAlert[]]) }),
    'before the handshake, with `on: connection`',
  ),
]);

/** An operation, or `connection` for a fault before the first request. */
export const faultTarget = described(operationPattern, 'operation name; * stands for any characters');

const latency = durationText.check(z.refine((time) => time <= LONGEST_LATENCY, 'a latency is at most 24d'));

const latencySchema = z.union([
  latency,
  z.strictObject({
    uniform: z
      .tuple([latency, latency])
      .check(
        z.refine(([least, most]) => least <= most, 'the first value must not be larger than the second'),
      ),
  }),
  z.strictObject({
    log_normal: z.strictObject({ median: latency, sigma: z.number().check(z.minimum(0), z.maximum(10)) }),
  }),
]);

const rateLimitSchema = z.strictObject({
  requests: z.int().check(z.minimum(1), z.maximum(1_000_000)),
  per: durationText.check(z.refine((time) => time > 0, 'must be longer than 0')),
  by: z.enum(['credential', 'device']),
});

export const faultSchema = z
  .strictObject({
    id: z.optional(filledText),
    on: faultTarget,
    host: described(z.optional(filledText), 'host name of the request; * matches any characters'),
    where: z.optional(whereSchema),
    nth: described(z.optional(z.int().check(z.minimum(1))), 'only the n-th request that matches'),
    times: described(z.optional(z.int().check(z.minimum(1))), 'maximum number of times that it applies'),
    after: described(z.optional(faultTime), 'virtual time, or time since the fault was set'),
    until: described(z.optional(faultTime), 'virtual time, or time since the fault was set'),
    probability: described(
      z.optional(z.number().check(z.minimum(0), z.maximum(1))),
      'probability between 0 and 1; random numbers come from the seed',
    ),
    rate_limit: described(
      z.optional(rateLimitSchema),
      "only requests above a limit per virtual time; default answer: Apple's 429",
    ),
    answer: z.optional(faultAnswerSchema),
    latency: described(
      z.optional(latencySchema),
      'real time before the response: fixed, or random by the seed',
    ),
    bytes_per_second: described(
      z.optional(z.int().check(z.minimum(1), z.maximum(1_000_000_000))),
      'real-time pace of the response body',
    ),
    retry_after: described(
      z.optional(durationText),
      'value of the Retry-After header, rounded up to seconds',
    ),
  })
  .check(
    z.refine(
      ({ answer, latency, bytes_per_second, rate_limit }) =>
        [answer, latency, bytes_per_second, rate_limit].some((part) => part !== undefined),
      {
        message: 'a fault needs `answer`, `latency`, `bytes_per_second` or `rate_limit`',
      },
    ),
  );
