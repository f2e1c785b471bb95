import * as z from 'zod/mini';
import { parseDuration } from '../../core/duration.ts';
import { whereSchema } from '../../scenario/schema/matchers.ts';
import { described, filledText } from '../../scenario/schema/texts.ts';
import type { Schema } from './schema.ts';

const LONGEST_WAIT = 600_000;
const DEFAULT_WAIT = 10_000;
const MOST_ENTRIES = 1000;

const timeout = described(
  z.pipe(
    z
      .pipe(
        z.union([z.string(), z.number()]),
        z.transform((given) => (typeof given === 'number' ? given : parseDuration(given))),
      )
      .check(
        z.refine(
          (milliseconds) => milliseconds !== undefined && milliseconds >= 0 && milliseconds <= LONGEST_WAIT,
          {
            message: 'expected a duration such as 10s, or milliseconds, of 10m at most',
          },
        ),
      ),
    z.transform((milliseconds) => milliseconds ?? DEFAULT_WAIT),
  ),
  'real time: a duration such as 10s, or milliseconds; 10m at most',
);

export const waitSchema = z.strictObject({
  operation: z.optional(filledText),
  where: z.optional(whereSchema),
  after: described(z._default(z.int().check(z.minimum(0)), 0), 'entries with larger numbers count'),
  count: z._default(z.int().check(z.minimum(1), z.maximum(MOST_ENTRIES)), 1),
  timeout: z._default(timeout, DEFAULT_WAIT),
});

export const waitJsonSchema = (): Schema =>
  z.toJSONSchema(waitSchema, { io: 'input', unrepresentable: 'any' });
