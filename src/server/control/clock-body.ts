import * as z from 'zod/mini';
import { described, durationText, instantText } from '../../scenario/schema/texts.ts';
import type { Schema } from './schema.ts';

export const clockSchema = z
  .strictObject({
    advance: described(z.optional(durationText), 'how far to jump ahead: 8d, 8 d, 1h30m'),
    at: z.optional(instantText),
    rate: described(
      z.optional(z.number().check(z.minimum(0), z.maximum(100_000))),
      'virtual time in a real one; 0 freezes',
    ),
  })
  .check(
    z.refine(({ advance, at, rate }) => (advance ?? at ?? rate) !== undefined, {
      message: 'says nothing to do: give `advance`, `at` or `rate`',
    }),
    z.refine(({ advance, at }) => advance === undefined || at === undefined, {
      message: '`advance` and `at` exclude each other',
    }),
  );

export const clockJsonSchema = (): Schema =>
  z.toJSONSchema(clockSchema, { io: 'input', unrepresentable: 'any' });
