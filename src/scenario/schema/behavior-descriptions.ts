import * as z from 'zod/mini';
import { BEHAVIOR } from '../../services/behavior.ts';
import type { BehaviorKey } from '../../services/behavior-setting.ts';
import { BEHAVIOR_TEXTS } from '../../services/behavior-texts.ts';
import { behaviorSchema } from './behavior.ts';

/** Has the schema say what each key decides: for editors and the docs, as nobody else asks. */
export function describeBehavior(): void {
  for (const [service, keys] of Object.entries<Readonly<Record<string, BehaviorKey>>>(BEHAVIOR)) {
    const { shape } = behaviorSchema.def.shape[service]!.def.innerType;
    const texts: Readonly<Record<string, readonly [about: string, source: string]>> =
      BEHAVIOR_TEXTS[service as keyof typeof BEHAVIOR];
    for (const [name, key] of Object.entries(keys)) {
      const description = `${texts[name]![0]} (default: ${JSON.stringify(key.default)}; durations in ms)`;
      z.globalRegistry.add(shape[name]!, { description });
    }
  }
}
