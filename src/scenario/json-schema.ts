import * as z from 'zod';
import { contractSchema } from './schema/contract.ts';
import { wholeScenarioSchema } from './schema/whole-scenario.ts';

/** JSON Schema draft-07 of what may be written, for editors. */
const editorSchema = (schema: z.ZodType): object =>
  z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });

/** The schema of scenario files. */
export const scenarioJsonSchema = (): object => editorSchema(wholeScenarioSchema);

/** The schema of contract files. */
export const contractJsonSchema = (): object => editorSchema(contractSchema);
