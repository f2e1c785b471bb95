import { preciseInstant } from '../../core/clock.ts';
import type { Tenant } from '../../engine/tenant.ts';
import { type BehaviorTables, settingsWith } from '../../organization/behavior.ts';
import { Organization } from '../../organization/organization.ts';
import { settleState, tellState } from '../../organization/state/areas.ts';
import type { Snapshot } from '../snapshot.ts';
import { SnapshotError } from '../snapshot-error.ts';
import { writtenBehavior } from './behavior.ts';
import { faultStateOf } from './faults.ts';
import { timelineStateOf } from './timeline.ts';

const SCHEMA = '# yaml-language-server: $schema=./scenario.schema.json\n';

/**
 * A snapshot as a scenario file, in YAML: the scenario as it was written, and what has become of it.
 *
 * @param document the scenario as it was written
 * @param tables the behavior settings of the services
 */
export async function scenarioFileOf(
  { id, organization }: Tenant,
  snapshot: Snapshot,
  document: object | undefined,
  tables: BehaviorTables,
): Promise<string> {
  if (document === undefined)
    throw new SnapshotError('no_file', `${id} was not made from a scenario, which an export begins with`);
  const [{ stringify }, { writeState }] = await Promise.all([
    import('yaml'),
    import('../../scenario/schema/state/write-state.ts'),
  ]);
  const then = new Organization(id, organization.definition, {
    host: organization.host,
    behavior: tables,
    settleState,
  });
  then.restore(snapshot.organization);
  const { now, wallNow, course, behavior } = snapshot.organization;
  const { state: _, clock: __, ...described } = document as Readonly<Record<string, unknown>>;
  const file = {
    ...described,
    ...(behavior === undefined
      ? {}
      : { behavior: writtenBehavior(settingsWith(organization.definition.behavior, behavior), tables) }),
    clock: { at: preciseInstant(now), rate: course.rate },
    state: {
      ...writeState(then.tell(tellState)),
      faults: snapshot.faults.map(faultStateOf),
      server_faults: snapshot.serverFaults.map(faultStateOf),
      timeline: timelineStateOf(snapshot.timeline, wallNow),
    },
  };
  return SCHEMA + stringify(file, { lineWidth: 0, aliasDuplicateObjects: false });
}
