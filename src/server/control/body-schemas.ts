import * as z from 'zod/mini';
import { parseDuration } from '../../core/duration.ts';
import { whereSchema } from '../../scenario/schema/matchers.ts';
import { described, durationText, filledText, instantText } from '../../scenario/schema/texts.ts';
import type { Schema } from './schema.ts';

// The bodies that are no part of a scenario file. This module is imported on demand, as zod takes a third of a start to load;
// a dynamic import of zod itself could not be tree-shaken.

/** The JSON Schema of input that a zod schema validates. */
export const inputSchema = (schema: z.ZodMiniType): Schema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

/** Of `POST clock`. */
export const clockBody = z
  .strictObject({
    advance: described(z.optional(durationText), 'how far to move ahead: 8d, 8 d, 1h30m'),
    at: z.optional(instantText),
    rate: described(
      z.optional(z.number().check(z.minimum(0), z.maximum(100_000))),
      'virtual seconds per real second; 0 stops the clock',
    ),
  })
  .check(
    z.refine(({ advance, at, rate }) => (advance ?? at ?? rate) !== undefined, {
      message: 'is empty: give `advance`, `at` or `rate`',
    }),
    z.refine(({ advance, at }) => advance === undefined || at === undefined, {
      message: 'has both `advance` and `at`: give one of them',
    }),
  );

const MAX_WAIT = 600_000;
const DEFAULT_WAIT = 10_000;
const MAX_ENTRIES = 1000;

const milliseconds = z
  .pipe(
    z.union([z.string(), z.number()]),
    z.transform((given) => (typeof given === 'number' ? given : parseDuration(given))),
  )
  .check(
    z.refine((value) => value !== undefined && value >= 0 && value <= MAX_WAIT, {
      message: 'expected a duration such as 10s, or milliseconds, of at most 10m',
    }),
  );

const timeout = described(
  z.pipe(
    milliseconds,
    z.transform((value) => value ?? DEFAULT_WAIT),
  ),
  'real time: a duration such as 10s, or milliseconds; at most 10m',
);

/** Of `POST journal/wait`. */
export const waitBody = z.strictObject({
  operation: z.optional(filledText),
  where: z.optional(whereSchema),
  after: described(z._default(z.int().check(z.minimum(0)), 0), 'only entries with larger numbers count'),
  count: z._default(z.int().check(z.minimum(1), z.maximum(MAX_ENTRIES)), 1),
  timeout: z._default(timeout, DEFAULT_WAIT),
});

// RFC 4524 section 3 has no limit for a UID in the subject of a certificate; clients have.
const topic = z.string().check(z.regex(/^[\x21-\x7e]{1,200}$/, 'a topic is visible ASCII without spaces'));

/** Of `POST push-certificates`. */
export const pushCertificateBody = z
  .strictObject({
    topic: described(z.optional(topic), "its topic; by default the organization's own"),
    new_topic: described(
      z._default(z.boolean(), false),
      'a new topic, as in a certificate that was created anew instead of renewed',
    ),
    more_topics: described(
      z._default(z.array(topic).check(z.maxLength(100)), []),
      'further topics, as certificates of apps list them',
    ),
    environment: z._default(z.enum(['production', 'sandbox', 'both']), 'production'),
    days: described(z._default(z.int().check(z.minimum(1), z.maximum(36_500)), 365), 'validity in days'),
    expired: described(z._default(z.boolean(), false), 'its validity has ended already'),
    password: described(z._default(z.string().check(z.maxLength(1000)), ''), 'of the PKCS#12 file'),
  })
  .check(
    z.refine(({ topic, new_topic }) => topic === undefined || !new_topic, {
      message: 'has both `topic` and `new_topic`: give one of them',
    }),
  );

export type PushCertificateRequest = z.output<typeof pushCertificateBody>;
