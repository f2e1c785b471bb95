import { ClockError } from '../../api/clock.ts';
import type { HeaderFields } from '../../core/request.ts';
import { WhereError } from '../../engine/matching/where.ts';
import type { Tenant } from '../../engine/tenant.ts';
import { TenantError, type TenantProblem } from '../../engine/tenant.ts';
import { ActionError } from '../../organization/area.ts';
import { SnapshotError, type SnapshotProblem } from '../../persistence/snapshot-store.ts';
import { type Problem, ScenarioError } from '../../scenario/reading/problem.ts';

interface ControlErrorExtras {
  /** Members of the response in addition to `error` and `hint`. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: HeaderFields;
}

/** An error response of the control API: what is wrong, and what to do. */
export class ControlError extends Error {
  readonly status: number;
  readonly hint: string;
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: HeaderFields;

  constructor(
    status: number,
    message: string,
    hint: string,
    { members = {}, headers = {} }: ControlErrorExtras = {},
  ) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
    this.hint = hint;
    this.members = members;
    this.headers = headers;
  }
}

export const FORM_HINT = 'GET /_crabapple/openapi.json describes the body';

/** A value of the client, short enough to repeat in an error. */
export const quoted = (given: string): string => JSON.stringify(given.slice(0, 80));

export const listed = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

const LISTED_IDS = 20;

/** Ids of organizations for a hint, shortened: there may be thousands. */
export function listedIds(tenants: readonly Tenant[]): string {
  const more = tenants.length > LISTED_IDS ? ` and ${tenants.length - LISTED_IDS} more` : '';
  return listed(tenants.slice(0, LISTED_IDS).map(({ id }) => id)) + more;
}

const CONFLICTS: ReadonlySet<TenantProblem> = new Set(['id_taken', 'credential_taken']);

const TENANT_HINTS: Readonly<Record<TenantProblem, string>> = {
  id_form: 'an id has up to 64 letters, digits, dots, dashes and underscores',
  id_taken: 'omit `id` to get a generated one, or delete the other organization first',
  credential_taken: 'set `credentials: generate` in the scenario',
  too_many: 'DELETE /_crabapple/organizations?id= removes one',
  unknown_id: 'GET /_crabapple/organizations lists the organizations',
  is_default: 'POST another one with ?default=true first',
};

/** @param problems the positions in the scenario, if there is one */
export function tenantControlError(error: TenantError, problems?: readonly Problem[]): ControlError {
  const status = CONFLICTS.has(error.problem) ? 409 : error.problem === 'unknown_id' ? 404 : 400;
  const members = problems === undefined ? {} : { problems };
  return new ControlError(status, error.message, TENANT_HINTS[error.problem], { members });
}

const SNAPSHOT_HINTS: Readonly<Record<SnapshotProblem, string>> = {
  name_form: 'a name has up to 64 letters, digits, dashes and underscores',
  unknown_name: 'GET /_crabapple/snapshots lists the snapshots',
  too_many: 'DELETE /_crabapple/snapshots/NAME removes one',
  no_file: 'POST /_crabapple/organizations adds an organization from a scenario',
};

const snapshotControlError = ({ problem, message }: SnapshotError): ControlError =>
  new ControlError(problem === 'unknown_name' ? 404 : 400, message, SNAPSHOT_HINTS[problem]);

/** The response for an error of a lower layer; undefined for an exception that is our bug. */
export function controlErrorOf(error: unknown): ControlError | undefined {
  if (error instanceof ControlError) return error;
  if (error instanceof ActionError) return new ControlError(400, error.message, error.hint);
  if (error instanceof ClockError)
    return new ControlError(400, error.message, 'set `at` to a time within that range');
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
    return new ControlError(400, message, hint ?? FORM_HINT, { members: { problems } });
  }
  return undefined;
}
