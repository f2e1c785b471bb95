import * as z from 'zod/mini';
import { BEHAVIOUR } from '../../services/behavior.ts';
import type { BehaviourKey } from '../../services/behavior-setting.ts';
import { BEHAVIOUR_TEXTS } from '../../services/behavior-texts.ts';
import { behaviourSchema } from './behavior.ts';

/** Has the schema say what each key decides: for editors and the docs, as nobody else asks. */
export function describeBehaviour(): void {
  for (const [service, keys] of Object.entries<Readonly<Record<string, BehaviourKey>>>(BEHAVIOUR)) {
    const { shape } = behaviourSchema.def.shape[service]!.def.innerType;
    const texts: Readonly<Record<string, readonly [about: string, source: string]>> =
      BEHAVIOUR_TEXTS[service as keyof typeof BEHAVIOUR];
    for (const [name, key] of Object.entries(keys)) {
      const description = `${texts[name]![0]} (default: ${JSON.stringify(key.default)}; durations in ms)`;
      z.globalRegistry.add(shape[name]!, { description });
    }
  }
}
