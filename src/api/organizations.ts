/// <reference lib="esnext.disposable" preserve="true" />
import type { Tenant } from '../engine/tenant.ts';
import { TenantError } from '../engine/tenant.ts';
import type { Scenario } from '../scenario/generated/scenario-types.ts';
import type { FileReader } from '../scenario/load.ts';
import type { SimulatedApple } from '../simulated-apple.ts';
import { type Organization, organizationMembers } from './organization.ts';

/** Options of a scenario. */
export interface ScenarioOptions {
  /** Id of the organization. Default: the slug of the scenario's name, made unique. */
  readonly id?: string | undefined;
  /** File name in reports about problems of the scenario and its expectations. */
  readonly file?: string | undefined;
  /** Reads the files that the scenario names, such as declarations. Without it a scenario cannot name files. */
  readonly readFile?: FileReader | undefined;
}

/** Options of `organizations.add`. */
export interface AddOptions extends ScenarioOptions {
  /** Makes the organization the default: it receives the requests without a credential. */
  readonly default?: boolean | undefined;
}

/** All organizations, in the order in which they were added. */
export interface Organizations extends Iterable<Organization> {
  /** Receives the requests without a credential. @throws TenantError if there is no organization */
  readonly default: Organization;
  /** The number of organizations. */
  readonly size: number;
  /** Returns undefined if no organization has the id. */
  get(id: string): Organization | undefined;
  /**
   * Adds an organization from a scenario: an object, or YAML text.
   *
   * @throws ScenarioError if the scenario is invalid, TenantError if its id or a credential is in use
   */
  add(scenario: Scenario | string, options?: AddOptions): Promise<Organization>;
  /**
   * Removes an organization and its journal entries.
   *
   * @throws TenantError if no organization has the id, or if it is the default organization
   */
  remove(id: string): void;
}

/** The organizations of a simulated Apple; each is always the same object. */
export function organizationsOf(core: SimulatedApple): Organizations {
  const created = new WeakMap<Tenant, Organization>();
  const of = (tenant: Tenant): Organization => {
    const organization = created.get(tenant) ?? organizationOf(core, tenant);
    created.set(tenant, organization);
    return organization;
  };
  return {
    get default() {
      return of(core.tenants.default);
    },
    get size() {
      return core.tenants.size;
    },
    get(id) {
      const tenant = core.tenants.get(id);
      return tenant === undefined ? undefined : of(tenant);
    },
    add: async (scenario, options = {}) => of(await core.addScenario(scenario, options)),
    remove: (id) => core.removeOrganization(id),
    *[Symbol.iterator]() {
      for (const tenant of core.tenants.all) yield of(tenant);
    },
  };
}

function organizationOf(core: SimulatedApple, tenant: Tenant): Organization {
  const { id } = tenant;
  const isPresent = () => core.tenants.get(id) === tenant;
  const present = (): Tenant => {
    if (isPresent()) return tenant;
    throw new TenantError('unknown_id', `the organization ${id} was removed`);
  };
  const organization = Object.assign(organizationMembers(core, present), {
    id,
    verify: () => structuredClone(core.verify(present().id)),
  });
  return disposable(organization, () => {
    if (isPresent()) core.removeAny(tenant);
  });
}

/** Adds the methods that `using` and `await using` call, if the engine has those symbols. */
export function disposable<Value extends object>(
  value: Value,
  dispose: () => void,
): Value & Disposable & AsyncDisposable {
  const symbols: { readonly dispose?: symbol; readonly asyncDispose?: symbol } = Symbol;
  const disposeLater = async (): Promise<void> => dispose();
  if (symbols.dispose !== undefined) Object.defineProperty(value, symbols.dispose, { value: dispose });
  if (symbols.asyncDispose !== undefined) {
    Object.defineProperty(value, symbols.asyncDispose, { value: disposeLater });
  }
  return value as Value & Disposable & AsyncDisposable;
}
