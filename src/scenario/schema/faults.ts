import * as z from 'zod';
import { TLS_ALERTS, type TlsAlert } from '../../exchange/faults/definition.ts';
import { whereSchema } from './matchers.ts';
import { durationText, filledText, instantText } from './texts.ts';

const faultTime = z.union([
  instantText.transform((at) => ({ at })),
  durationText.transform((elapsed) => ({ elapsed })),
]);

const answerSchema = z.union([
  z
    .int()
    .transform((number) => ({ error: String(number) }))
    .meta({ description: 'an error of Apps and Books by number' }),
  filledText.transform((error) => ({ error })).meta({ description: "one of Apple's errors by name" }),
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
    .strictObject({ tls_alert: z.enum(Object.keys(TLS_ALERTS) as [TlsAlert, ...TlsAlert[]]) })
    .meta({ description: 'before the handshake, with `on: connection`' }),
]);

export const faultSchema = z
  .strictObject({
    id: filledText.optional(),
    on: filledText.meta({ description: 'operation name; * stands for any characters' }),
    where: whereSchema.optional(),
    nth: z.int().min(1).optional().meta({ description: 'only the n-th request that it matches' }),
    times: z.int().min(1).optional().meta({ description: 'how often it strikes at most' }),
    after: faultTime.optional().meta({ description: 'virtual time, or how long after the fault was set' }),
    until: faultTime.optional().meta({ description: 'virtual time, or how long after the fault was set' }),
    probability: z.number().min(0).max(1).optional().meta({ description: 'chance, by the seed' }),
    answer: answerSchema.optional(),
    latency: durationText.optional().meta({ description: 'real time before the answer' }),
    retry_after: durationText.optional().meta({ description: 'whole seconds in the Retry-After header' }),
  })
  .refine((fault) => fault.answer !== undefined || fault.latency !== undefined, {
    message: 'a fault needs `answer` or `latency`, else it does nothing',
  });
