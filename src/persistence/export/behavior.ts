import { BEHAVIOUR, type BehaviourSettings } from '../../services/behavior.ts';
import type { BehaviourKey } from '../../services/behavior-setting.ts';

/** Settings as a scenario file has them: durations with their unit. */
export function writtenBehaviour(settings: BehaviourSettings): object {
  return Object.fromEntries(
    Object.entries(settings).map(([service, values]) => {
      const keys: Readonly<Record<string, BehaviourKey>> = BEHAVIOUR[service as keyof typeof BEHAVIOUR];
      const written = Object.entries(values ?? {}).map(([name, value]) => [
        name,
        keys[name]?.kind === 'duration' ? `${value}ms` : value,
      ]);
      return [service, Object.fromEntries(written)];
    }),
  );
}
