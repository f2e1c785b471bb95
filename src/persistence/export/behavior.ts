import { BEHAVIOR, type BehaviorSettings } from '../../services/behavior.ts';
import type { BehaviorKey } from '../../services/behavior-setting.ts';

/** Settings as a scenario file has them: durations with their unit. */
export function writtenBehavior(settings: BehaviorSettings): object {
  return Object.fromEntries(
    Object.entries(settings).map(([service, values]) => {
      const keys: Readonly<Record<string, BehaviorKey>> = BEHAVIOR[service as keyof typeof BEHAVIOR];
      const written = Object.entries(values ?? {}).map(([name, value]) => [
        name,
        keys[name]?.kind === 'duration' ? `${value}ms` : value,
      ]);
      return [service, Object.fromEntries(written)];
    }),
  );
}
