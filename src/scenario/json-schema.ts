import * as z from 'zod/mini';
import { shownDuration } from '../core/duration.ts';
import { BEHAVIOR } from '../services/behavior.ts';
import type { BehaviorKey } from '../services/behavior-setting.ts';
import { BEHAVIOR_TEXTS } from '../services/behavior-texts.ts';
import { behaviorSchema } from './schema/behavior.ts';
import { declarationSchema } from './schema/expectations.ts';
import { fullScenarioSchema } from './schema/scenario.ts';

/** Adds descriptions to the behavior settings. Only editors and the docs need them. */
export function describeBehavior(): void {
  for (const [service, keys] of Object.entries<Readonly<Record<string, BehaviorKey>>>(BEHAVIOR)) {
    const { shape } = behaviorSchema.def.shape[service]!.def.innerType;
    const texts: Readonly<Record<string, readonly [about: string, source: string]>> =
      BEHAVIOR_TEXTS[service as keyof typeof BEHAVIOR];
    for (const [name, key] of Object.entries(keys)) {
      const shown = key.kind === 'duration' ? shownDuration(key.default) : JSON.stringify(key.default);
      const description = `${texts[name]![0]} (default: ${shown})`;
      z.globalRegistry.add(shape[name]!, { description });
    }
  }
}

/** JSON Schema draft-07 of the input form, for editors. */
const editorSchema = (schema: z.ZodMiniType): object =>
  z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });

/** The schema of scenario files. */
export async function scenarioJsonSchema(): Promise<object> {
  describeBehavior();
  return editorSchema(await fullScenarioSchema());
}

/** The schema of declaration files. */
export const declarationJsonSchema = (): object => editorSchema(declarationSchema);
