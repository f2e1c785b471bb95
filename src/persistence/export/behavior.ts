import type { BehaviorSettings, BehaviorTables } from '../../organization/behavior.ts';

/** Settings as a scenario file has them: durations with their unit. */
export function writtenBehavior(settings: BehaviorSettings, tables: BehaviorTables): object {
  return Object.fromEntries(
    Object.entries(settings).map(([service, values]) => {
      const table = tables[service] ?? {};
      const written = Object.entries(values ?? {}).map(([name, value]) => [
        name,
        table[name]?.kind === 'duration' ? `${value}ms` : value,
      ]);
      return [service, Object.fromEntries(written)];
    }),
  );
}
