import type { OrganizationDefinition } from '../organization/definition.ts';
import type { Organization } from '../organization/organization.ts';
import type { FaultDefinition } from './faults/definition.ts';
import type { FaultTable } from './faults/fault-table.ts';

/** What a scenario file describes: an organization and its faults. Plain data. */
export interface ScenarioDefinition {
  readonly organization: OrganizationDefinition;
  readonly faults: readonly FaultDefinition[];
  /** Faults of the whole server while the organization is its default one. */
  readonly serverFaults: readonly FaultDefinition[];
  /** What the file says for areas beside those of `organization/`, by the name of the section. */
  readonly sections?: Readonly<Record<string, unknown>> | undefined;
}

/** An organization in service. */
export interface Tenant {
  /** Its id in the control API and in reports. */
  readonly id: string;
  /** The scenario that a reset goes back to. */
  readonly scenario: ScenarioDefinition;
  readonly organization: Organization;
  /** Faults of its requests. */
  readonly faults: FaultTable;
  /** Those of the default organization apply to every connection and every request. */
  readonly serverFaults: FaultTable;
}

/** Why an organization cannot be added, found or removed. */
export type TenantProblem =
  | 'id_form'
  | 'id_taken'
  | 'credential_taken'
  | 'too_many'
  | 'unknown_id'
  | 'is_default';

/** An organization that cannot be added or removed. */
export class TenantError extends Error {
  /** The problem as one word. */
  readonly problem: TenantProblem;
  /** `consumer_key:…` of a credential that another organization holds. */
  readonly credential: string | undefined;

  constructor(problem: TenantProblem, message: string, credential?: string) {
    super(message);
    this.name = 'TenantError';
    this.problem = problem;
    this.credential = credential;
  }
}
