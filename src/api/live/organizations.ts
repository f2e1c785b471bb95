import type { Tenant } from '../../engine/tenant.ts';
import { TenantError } from '../../engine/tenant.ts';
import type { Scenario } from '../../scenario/scenario-types.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import type { Organization } from '../organization.ts';
import type { AddOptions, Organizations } from '../organizations.ts';
import { disposable } from './disposable.ts';
import { membersOf } from './members.ts';

/** The organizations in service; each is always the same object. */
export class LiveOrganizations implements Organizations {
  readonly #core: SimulatedApple;
  readonly #known = new WeakMap<Tenant, Organization>();

  constructor(core: SimulatedApple) {
    this.#core = core;
  }

  get default(): Organization {
    return this.#of(this.#core.tenants.default);
  }

  get size(): number {
    return this.#core.tenants.size;
  }

  get(id: string): Organization | undefined {
    const tenant = this.#core.tenants.get(id);
    return tenant === undefined ? undefined : this.#of(tenant);
  }

  async add(scenario: Scenario | string, options: AddOptions = {}): Promise<Organization> {
    return this.#of(await this.#core.addScenario(scenario, options));
  }

  remove(id: string): void {
    this.#core.removeOrganization(id);
  }

  *[Symbol.iterator](): Iterator<Organization> {
    for (const tenant of this.#core.tenants.all) yield this.#of(tenant);
  }

  #of(tenant: Tenant): Organization {
    const known = this.#known.get(tenant);
    if (known !== undefined) return known;
    const organization = this.#create(tenant);
    this.#known.set(tenant, organization);
    return organization;
  }

  #create(tenant: Tenant): Organization {
    const core = this.#core;
    const { id } = tenant;
    const isServed = () => core.tenants.get(id) === tenant;
    const served = (): Tenant => {
      if (isServed()) return tenant;
      throw new TenantError('unknown_id', `the organization ${id} has left`);
    };
    const members = membersOf(core, served);
    const organization = Object.assign(members, {
      id,
      verify: () => structuredClone(core.verify(served().id)),
    });
    return disposable(organization, () => {
      if (isServed()) core.dismiss(tenant);
    });
  }
}
