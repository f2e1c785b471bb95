import * as z from 'zod';
import type { Schema } from './schema.ts';

/** A part of a scenario as JSON Schema, as it may be written. */
export const partSchema = (part: z.ZodType): Schema =>
  z.toJSONSchema(part, { io: 'input', unrepresentable: 'any' });
