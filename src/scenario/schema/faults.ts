import * as z from 'zod/mini';
import { TLS_ALERTS, type TlsAlert } from '../../engine/faults/definition.ts';
import { LONGEST_LATENCY } from '../../engine/faults/latency.ts';
import { described } from './described.ts';
import { whereSchema } from './matchers.ts';
import { durationText, filledText, instantText, operationPattern } from './texts.ts';

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

export const errorNumber = described(z.int(), 'an error of Apps and Books by number');

export const errorName = described(filledText, "one of Apple's errors by name");

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
      z.record(z.string().check(z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'no header name')), z.string()),
    ),
  }),
  described(z.strictObject({ reset: z.literal(true) }), 'the stream or connection is torn down'),
  described(z.strictObject({ empty_reply: z.literal(true) }), 'closed without a byte'),
  described(z.strictObject({ refused_stream: z.literal(true) }), 'HTTP/2: REFUSED_STREAM'),
  described(z.strictObject({ stall: z.literal(true) }), 'never answered'),
  described(
    z.strictObject({ goaway: z.union([filledText, z.literal(true)]) }),
    'HTTP/2: GOAWAY, with this reason in its debug data',
  ),
  described(
    z.strictObject({ stream_limit: z.int().check(z.minimum(0), z.maximum(100_000)) }),
    'HTTP/2: answered as ever, and so many streams at a time from then on',
  ),
  described(z.strictObject({ truncated_json: z.literal(true) }), 'answered as ever, with half of the body'),
  described(
    z.strictObject({ malformed_json: z.literal(true) }),
    'answered as ever, with a body that is no JSON',
  ),
  described(
    z.strictObject({ stuck_cursor: z.literal(true) }),
    'pages of devices: the cursor of the request comes back, and more to follow',
  ),
  described(
    z.strictObject({ sync_events: z.enum(['lost', 'doubled']) }),
    'pages of devices: their devices are left out, or stand there twice',
  ),
  described(
    z.strictObject({ tls_alert: z.enum(Object.keys(TLS_ALERTS) as [TlsAlert, ...TlsAlert[]]) }),
    'before the handshake, with `on: connection`',
  ),
]);

/** An operation, or `connection` for what applies to before the first request. */
export const faultTarget = described(operationPattern, 'operation name; * stands for any characters');

const latency = durationText.check(z.refine((time) => time <= LONGEST_LATENCY, 'a latency is at most 24d'));

const latencySchema = z.union([
  latency,
  z.strictObject({
    uniform: z
      .tuple([latency, latency])
      .check(z.refine(([least, most]) => least <= most, 'the first of the two is the smaller one')),
  }),
  z.strictObject({
    log_normal: z.strictObject({ median: latency, sigma: z.number().check(z.minimum(0), z.maximum(10)) }),
  }),
]);

const rateLimitSchema = z.strictObject({
  requests: z.int().check(z.minimum(1), z.maximum(1_000_000)),
  per: durationText.check(z.refine((time) => time > 0, 'must be longer than nothing')),
  by: z.enum(['credential', 'device']),
});

export const faultSchema = z
  .strictObject({
    id: z.optional(filledText),
    on: faultTarget,
    host: described(
      z.optional(filledText),
      'host name that the client asks for; * stands for any characters',
    ),
    where: z.optional(whereSchema),
    nth: described(z.optional(z.int().check(z.minimum(1))), 'only the n-th request that it matches'),
    times: described(z.optional(z.int().check(z.minimum(1))), 'how often it applies at most'),
    after: described(z.optional(faultTime), 'virtual time, or how long after the fault was set'),
    until: described(z.optional(faultTime), 'virtual time, or how long after the fault was set'),
    probability: described(z.optional(z.number().check(z.minimum(0), z.maximum(1))), 'chance, by the seed'),
    rate_limit: described(
      z.optional(rateLimitSchema),
      "only requests beyond so many in a virtual time; Apple's 429 where `answer` is not given",
    ),
    answer: z.optional(faultAnswerSchema),
    latency: described(
      z.optional(latencySchema),
      'real time before the answer: the same, or drawn by the seed',
    ),
    bytes_per_second: described(
      z.optional(z.int().check(z.minimum(1), z.maximum(1_000_000_000))),
      'pace of the body, in real time',
    ),
    retry_after: described(z.optional(durationText), 'whole seconds in the Retry-After header'),
  })
  .check(
    z.refine(
      ({ answer, latency, bytes_per_second, rate_limit }) =>
        [answer, latency, bytes_per_second, rate_limit].some((part) => part !== undefined),
      {
        message:
          'a fault needs `answer`, `latency`, `bytes_per_second` or `rate_limit`, else it does nothing',
      },
    ),
  );
