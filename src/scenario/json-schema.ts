import * as z from 'zod/mini';
import { shownDuration } from '../core/duration.ts';
import type { Catalog } from '../engine/catalog.ts';
import type { BehaviorSetting, BehaviorTables } from '../organization/behavior.ts';
import { CATALOG } from '../services/index.ts';
import { behaviorSchema } from './schema/behavior.ts';
import { declarationSchema } from './schema/expectations.ts';
import { fullScenarioSchema } from './schema/scenario.ts';

/** The default as a scenario file writes it. */
const shownDefault = (setting: BehaviorSetting): string =>
  setting.kind === 'duration' ? shownDuration(setting.default) : JSON.stringify(setting.default);

/** Adds descriptions to the behavior settings. Only editors and the docs need them. */
export function describeBehavior(tables: BehaviorTables): void {
  const { shape } = behaviorSchema(tables).def;
  for (const [service, table] of Object.entries(tables)) {
    const settings = shape[service]!.def.innerType.def.shape;
    for (const [name, setting] of Object.entries(table)) {
      const description = `${setting.about} (default: ${shownDefault(setting)})`;
      z.globalRegistry.add(settings[name]!, { description });
    }
  }
}

/** JSON Schema draft-07 of the input form, for editors. */
const editorSchema = (schema: z.ZodMiniType): object =>
  z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });

/** The schema of scenario files. */
export async function scenarioJsonSchema(catalog: Catalog = CATALOG): Promise<object> {
  describeBehavior(catalog.behavior);
  return editorSchema(await fullScenarioSchema(catalog));
}

/** The schema of declaration files. */
export const declarationJsonSchema = (): object => editorSchema(declarationSchema);
