import * as z from 'zod/mini';
import type { Schema } from './schema.ts';

/** A part of a scenario as JSON Schema, as it may be written. */
export const partSchema = (part: z.ZodMiniType): Schema =>
  z.toJSONSchema(part, { io: 'input', unrepresentable: 'any' });
