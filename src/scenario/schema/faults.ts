import * as z from 'zod';
import { TLS_ALERTS, type TlsAlert } from '../../exchange/faults/definition.ts';
import { LONGEST_LATENCY } from '../../exchange/faults/latency.ts';
import { whereSchema } from './matchers.ts';
import { durationText, filledText, instantText, operationPattern } from './texts.ts';

const faultTime = z.union([
  instantText.transform((at) => ({ at })),
  durationText.transform((elapsed) => ({ elapsed })),
]);

export const errorNumber = z.int().meta({ description: 'an error of Apps and Books by number' });

export const errorName = filledText.meta({ description: "one of Apple's errors by name" });

export const faultAnswerSchema = z.union([
  errorNumber.transform((number) => ({ error: String(number) })),
  errorName.transform((error) => ({ error })),
  z.strictObject({
    status: z.int().min(200).max(599),
    body: z.string().optional(),
    headers: z
      .record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'no header name'), z.string())
      .optional(),
  }),
  z.strictObject({ reset: z.literal(true) }).meta({ description: 'the stream or connection is torn down' }),
  z.strictObject({ empty_reply: z.literal(true) }).meta({ description: 'closed without a byte' }),
  z.strictObject({ refused_stream: z.literal(true) }).meta({ description: 'HTTP/2: REFUSED_STREAM' }),
  z.strictObject({ stall: z.literal(true) }).meta({ description: 'never answered' }),
  z
    .strictObject({ goaway: z.union([filledText, z.literal(true)]) })
    .meta({ description: 'HTTP/2: GOAWAY, with this reason in its debug data' }),
  z
    .strictObject({ stream_limit: z.int().min(0).max(100_000) })
    .meta({ description: 'HTTP/2: answered as ever, and so many streams at a time from then on' }),
  z
    .strictObject({ truncated_json: z.literal(true) })
    .meta({ description: 'answered as ever, with half of the body' }),
  z
    .strictObject({ malformed_json: z.literal(true) })
    .meta({ description: 'answered as ever, with a body that is no JSON' }),
  z
    .strictObject({ stuck_cursor: z.literal(true) })
    .meta({ description: 'pages of devices: the cursor of the request comes back, and more to follow' }),
  z
    .strictObject({ sync_events: z.enum(['lost', 'doubled']) })
    .meta({ description: 'pages of devices: their devices are left out, or stand there twice' }),
  z
    .strictObject({ tls_alert: z.enum(Object.keys(TLS_ALERTS) as [TlsAlert, ...TlsAlert[]]) })
    .meta({ description: 'before the handshake, with `on: connection`' }),
]);

/** An operation, or `connection` for what strikes before the first request. */
export const faultTarget = operationPattern.meta({
  description: 'operation name; * stands for any characters',
});

const latency = durationText.refine((time) => time <= LONGEST_LATENCY, 'a latency is at most 24d');

const latencySchema = z.union([
  latency,
  z.strictObject({
    uniform: z
      .tuple([latency, latency])
      .refine(([least, most]) => least <= most, 'the first of the two is the smaller one'),
  }),
  z.strictObject({
    log_normal: z.strictObject({ median: latency, sigma: z.number().min(0).max(10) }),
  }),
]);

const rateLimitSchema = z.strictObject({
  requests: z.int().min(1).max(1_000_000),
  per: durationText.refine((time) => time > 0, 'must be longer than nothing'),
  by: z.enum(['credential', 'device']),
});

export const faultSchema = z
  .strictObject({
    id: filledText.optional(),
    on: faultTarget,
    host: filledText
      .optional()
      .meta({ description: 'host name that the client asks for; * stands for any characters' }),
    where: whereSchema.optional(),
    nth: z.int().min(1).optional().meta({ description: 'only the n-th request that it matches' }),
    times: z.int().min(1).optional().meta({ description: 'how often it strikes at most' }),
    after: faultTime.optional().meta({ description: 'virtual time, or how long after the fault was set' }),
    until: faultTime.optional().meta({ description: 'virtual time, or how long after the fault was set' }),
    probability: z.number().min(0).max(1).optional().meta({ description: 'chance, by the seed' }),
    rate_limit: rateLimitSchema.optional().meta({
      description: "only requests beyond so many in a virtual time; Apple's 429 where `answer` is not given",
    }),
    answer: faultAnswerSchema.optional(),
    latency: latencySchema
      .optional()
      .meta({ description: 'real time before the answer: the same, or drawn by the seed' }),
    bytes_per_second: z
      .int()
      .min(1)
      .max(1_000_000_000)
      .optional()
      .meta({ description: 'pace of the body, in real time' }),
    retry_after: durationText.optional().meta({ description: 'whole seconds in the Retry-After header' }),
  })
  .refine(
    ({ answer, latency, bytes_per_second, rate_limit }) =>
      [answer, latency, bytes_per_second, rate_limit].some((part) => part !== undefined),
    {
      message: 'a fault needs `answer`, `latency`, `bytes_per_second` or `rate_limit`, else it does nothing',
    },
  );
