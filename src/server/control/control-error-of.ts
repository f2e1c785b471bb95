import { ClockError } from '../../api/clock-error.ts';
import { WhereError } from '../../engine/matching/where.ts';
import { TenantError, type TenantProblem } from '../../engine/tenant.ts';
import { ActionError } from '../../organization/area.ts';
import { SnapshotError, type SnapshotProblem } from '../../persistence/snapshot-store.ts';
import { type Problem, ScenarioError } from '../../scenario/reading/problem.ts';
import { ControlError, FORM_HINT } from './control-error.ts';

const TAKEN: ReadonlySet<string> = new Set(['id_taken', 'credential_taken']);

const TENANT_HINTS: Readonly<Record<TenantProblem, string>> = {
  id_form: 'an id is up to 64 letters, digits, dots, dashes and underscores',
  id_taken: 'leave `id` out to have one made, or delete the other organization first',
  credential_taken: 'say `credentials: generate` in the scenario',
  too_many: 'DELETE /_crabapple/organizations?id= removes one',
  unknown_id: 'GET /_crabapple/organizations lists them',
  is_default: 'POST another one with ?default=true first',
};

/** With the places in the file that it is about, where there are any. */
export function tenantControlError(error: TenantError, problems?: readonly Problem[]): ControlError {
  const status = TAKEN.has(error.problem) ? 409 : error.problem === 'unknown_id' ? 404 : 400;
  const members = problems === undefined ? {} : { problems };
  return new ControlError(status, error.message, TENANT_HINTS[error.problem], { members });
}

const SNAPSHOT_HINTS: Readonly<Record<SnapshotProblem, string>> = {
  name_form: 'a name is up to 64 letters, digits, dashes and underscores',
  unknown_name: 'GET /_crabapple/snapshots lists them',
  too_many: 'DELETE /_crabapple/snapshots/NAME removes one',
  no_file: 'POST /_crabapple/organizations makes one from a scenario',
};

const snapshotControlError = ({ problem, message }: SnapshotError): ControlError =>
  new ControlError(problem === 'unknown_name' ? 404 : 400, message, SNAPSHOT_HINTS[problem]);

/** The controlError that an error of the rooms below stands for; undefined for one of our own making. */
export function controlErrorOf(error: unknown): ControlError | undefined {
  if (error instanceof ControlError) return error;
  if (error instanceof ActionError) return new ControlError(400, error.message, error.hint);
  if (error instanceof ClockError) return new ControlError(400, error.message, 'set `at` to a time between');
  if (error instanceof SnapshotError) return snapshotControlError(error);
  if (error instanceof TenantError) return tenantControlError(error);
  if (error instanceof WhereError) {
    return new ControlError(
      400,
      `where: ${error.location}: ${error.message}`,
      'a location is a JSONPath (RFC 9535) such as $.body.limit',
    );
  }
  if (error instanceof ScenarioError) {
    const { message, problems } = error;
    const hint = problems.find((problem) => problem.hint !== undefined)?.hint;
    return new ControlError(400, message, hint ?? FORM_HINT, {
      members: { problems },
    });
  }
  return undefined;
}
