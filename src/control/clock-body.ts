import * as z from 'zod';
import { durationText, instantText } from '../scenario/schema/texts.ts';
import type { Schema } from './schema.ts';

export const clockSchema = z
  .strictObject({
    advance: durationText.optional().meta({ description: 'how far to jump ahead: 8d, 1h30m' }),
    at: instantText.optional(),
    rate: z
      .number()
      .min(0)
      .max(100_000)
      .optional()
      .meta({ description: 'virtual time in a real one; 0 freezes' }),
  })
  .refine(({ advance, at, rate }) => (advance ?? at ?? rate) !== undefined, {
    message: 'says nothing to do: give `advance`, `at` or `rate`',
  })
  .refine(({ advance, at }) => advance === undefined || at === undefined, {
    message: '`advance` and `at` exclude each other',
  });

export const clockJsonSchema = (): Schema =>
  z.toJSONSchema(clockSchema, { io: 'input', unrepresentable: 'any' });
