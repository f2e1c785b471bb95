import { preciseInstant } from '../core/clock.ts';
import type { Organization, SavedOrganization } from '../organization/organization.ts';
import { behaviorArea, clockArea } from '../organization/runtime-areas.ts';
import { BEHAVIOR, type BehaviorSettings, settingsWith } from '../services/behavior.ts';
import type { BehaviorKey } from '../services/behavior-setting.ts';
import { SnapshotError } from './snapshot-store.ts';

const SCHEMA = '# yaml-language-server: $schema=./scenario.schema.json\n';

/**
 * A snapshot as a scenario file in YAML: the scenario as it was written, and the state.
 *
 * @param document the scenario as it was written
 * @throws SnapshotError if the organization was not made from a scenario
 */
export async function exportScenario(
  organization: Organization,
  snapshot: SavedOrganization,
  document: object | undefined,
): Promise<string> {
  if (document === undefined) {
    const message = `${organization.id} was not made from a scenario, which an export begins with`;
    throw new SnapshotError('no_file', message);
  }
  const { stringify } = await import('yaml');
  const states = organization.statesOf(snapshot);
  const { settings } = states.read(behaviorArea);
  const { state: _, clock: __, ...described } = document as Readonly<Record<string, unknown>>;
  const file = {
    ...described,
    ...(Object.keys(settings).length === 0
      ? {}
      : { behavior: writtenBehavior(settingsWith(organization.definition.behavior, settings)) }),
    clock: { at: preciseInstant(snapshot.now), rate: states.read(clockArea).course.rate },
    state: states.write(snapshot.wallNow),
  };
  return SCHEMA + stringify(file, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Settings as a scenario file has them: durations with their unit. */
function writtenBehavior(settings: BehaviorSettings): object {
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
