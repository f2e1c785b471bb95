import * as z from 'zod';
import { scenarioSchema } from './schema/scenario.ts';

/** The schema of scenario files for editors: JSON Schema draft-07 of what may be written. */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(scenarioSchema, { target: 'draft-7', io: 'input' });
}
