import * as z from 'zod';
import { parseDuration } from '../runtime/duration.ts';
import { whereSchema } from '../scenario/schema/matchers.ts';
import { filledText } from '../scenario/schema/texts.ts';
import type { Schema } from './schema.ts';

const LONGEST_WAIT = 600_000;
const DEFAULT_WAIT = 10_000;
const MOST_ENTRIES = 1000;

const timeout = z
  .union([z.string(), z.number()])
  .transform((given) => (typeof given === 'number' ? given : parseDuration(given)))
  .refine((milliseconds) => milliseconds !== undefined && milliseconds >= 0 && milliseconds <= LONGEST_WAIT, {
    message: 'expected a duration such as 10s, or milliseconds, of 10m at most',
  })
  .transform((milliseconds) => milliseconds ?? DEFAULT_WAIT)
  .meta({ description: 'real time: a duration such as 10s, or milliseconds; 10m at most' });

export const waitSchema = z.strictObject({
  operation: filledText.optional(),
  where: whereSchema.optional(),
  after: z.int().min(0).default(0).meta({ description: 'entries with larger numbers count' }),
  count: z.int().min(1).max(MOST_ENTRIES).default(1),
  timeout: timeout.default(DEFAULT_WAIT),
});

export const waitJsonSchema = (): Schema =>
  z.toJSONSchema(waitSchema, { io: 'input', unrepresentable: 'any' });
