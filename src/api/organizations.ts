import type { FileReader } from '../scenario/load.ts';
import type { Scenario } from '../scenario/scenario-types.ts';
import type { Organization } from './organization.ts';

/** How a scenario is taken in. */
export interface ScenarioOptions {
  /** Id of the organization; else the slug of the scenario's name, made unique. */
  readonly id?: string | undefined;
  /** Name under which problems of the scenario and its expectations are reported. */
  readonly file?: string | undefined;
  /** Reads the files that the scenario names, such as declarations; without it a scenario names none. */
  readonly readFile?: FileReader | undefined;
}

/** How an organization is added. */
export interface AddOptions extends ScenarioOptions {
  /** Takes the requests that carry no credential from now on. */
  readonly default?: boolean | undefined;
}

/** The organizations in service, in the order in which they came. */
export interface Organizations extends Iterable<Organization> {
  /** Takes the requests that carry no credential. @throws TenantError where no organization is served */
  readonly default: Organization;
  /** How many there are. */
  readonly size: number;
  /** Undefined where nobody has the id. */
  get(id: string): Organization | undefined;
  /**
   * Takes in one more, from a scenario as an object or as YAML text.
   *
   * @throws ScenarioError where the scenario is wrong, TenantError where id or credentials are taken
   */
  add(scenario: Scenario | string, options?: AddOptions): Promise<Organization>;
  /**
   * Lets an organization leave, and forgets its journal.
   *
   * @throws TenantError where nobody has the id, or where it is the default organization
   */
  remove(id: string): void;
}
