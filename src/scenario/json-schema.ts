import * as z from 'zod/mini';
import type { Catalog } from '../engine/catalog.ts';
import { CATALOG } from '../services/index.ts';
import { describeBehavior } from './schema/behavior.ts';
import { declarationSchema } from './schema/declaration.ts';
import { wholeScenarioSchema } from './schema/scenario.ts';

/** JSON Schema draft-07 of what may be written, for editors. */
const editorSchema = (schema: z.ZodMiniType): object =>
  z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });

/** The schema of scenario files. */
export async function scenarioJsonSchema(catalog: Catalog = CATALOG): Promise<object> {
  describeBehavior(catalog.behavior);
  return editorSchema(await wholeScenarioSchema(catalog));
}

/** The schema of declaration files. */
export const declarationJsonSchema = (): object => editorSchema(declarationSchema);
