import type { OrganizationDefinition } from '../organization/definition.ts';
import type { Organization } from '../organization/organization.ts';
import type { FaultDefinition } from './faults/definition.ts';
import type { FaultTable, SavedFault } from './faults/fault-table.ts';

/** What a scenario file describes: one organization and what shall go wrong with it. */
export interface ScenarioDefinition {
  readonly organization: OrganizationDefinition;
  readonly faults: readonly FaultDefinition[];
  /** Of the whole server, as long as the organization is its default one. */
  readonly serverFaults: readonly FaultDefinition[];
  /** Where they are given, in place of those above: with how often they were applied. */
  readonly faultsNow?: readonly SavedFault[] | undefined;
  readonly serverFaultsNow?: readonly SavedFault[] | undefined;
}

/** An organization in service. */
export interface Tenant {
  /** By which the control API and reports know it. */
  readonly id: string;
  /** What a reset goes back to. */
  readonly scenario: ScenarioDefinition;
  /** All that Apple knows of it now. */
  readonly organization: Organization;
  /** What goes wrong with its requests. */
  readonly faults: FaultTable;
  /** Those of the default organization apply to every connection and every request. */
  readonly serverFaults: FaultTable;
}
