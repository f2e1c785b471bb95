import * as z from 'zod/mini';
import { describeBehaviour } from './schema/behavior-descriptions.ts';
import { contractSchema } from './schema/declaration.ts';
import { wholeScenarioSchema } from './schema/scenario.ts';

/** JSON Schema draft-07 of what may be written, for editors. */
const editorSchema = (schema: z.ZodMiniType): object =>
  z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });

/** The schema of scenario files. */
export async function scenarioJsonSchema(): Promise<object> {
  describeBehaviour();
  return editorSchema(await wholeScenarioSchema());
}

/** The schema of contract files. */
export const contractJsonSchema = (): object => editorSchema(contractSchema);
