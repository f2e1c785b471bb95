import type { Host } from '../core/host.ts';
import { Organization } from '../organization/organization.ts';
import { catalogOf } from './catalog.ts';
import { CredentialIndex, type NearCredential } from './credential-index.ts';
import { FaultTable } from './faults/fault-table.ts';
import type { Service } from './service.ts';
import type { ScenarioDefinition, Tenant } from './tenant.ts';
import { TenantError } from './tenant-error.ts';

export interface TenantOptions {
  /** Else the slug of the scenario's name, made unique. */
  readonly id?: string | undefined;
  /** Takes the requests that carry no credential. The first organization does unless another is set. */
  readonly default?: boolean | undefined;
}

const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/i;
const MOST_TENANTS = 10_000;

export const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 56) || 'organization';

/** The organizations in service and the credentials by which requests find them. */
export class Tenants {
  readonly #services: readonly Service[];
  readonly #host: Host;
  readonly #byId = new Map<string, Tenant>();
  readonly #register = new CredentialIndex();
  /** How to end what the services do for an organization beside answering. */
  readonly #attended = new Map<string, readonly (() => void)[]>();
  #default: Tenant | undefined;
  /** Ids of organizations that are being made. */
  readonly #coming = new Set<string>();
  readonly #listeners = new Set<(id: string, tenant: Tenant | undefined) => void>();

  constructor(services: readonly Service[], host: Host) {
    this.#services = services;
    this.#host = host;
  }

  get size(): number {
    return this.#byId.size;
  }

  get all(): readonly Tenant[] {
    return [...this.#byId.values()];
  }

  /** @throws TenantError before the first organization was taken in */
  get default(): Tenant {
    if (this.#default === undefined) throw new TenantError('unknown_id', 'no organization is served');
    return this.#default;
  }

  get(id: string): Tenant | undefined {
    return this.#byId.get(id);
  }

  readonly isHeld = (credential: string): boolean => this.#register.holder(credential) !== undefined;

  byCredential(credential: string): Tenant | undefined {
    const holder = this.#register.holder(credential);
    return holder === undefined ? undefined : this.#byId.get(holder);
  }

  nearest(credential: string): NearCredential | undefined {
    return this.#register.nearest(credential);
  }

  /**
   * @param onAdded called before the organization receives requests
   * @throws TenantError if the organization cannot be added
   */
  async add(
    scenario: ScenarioDefinition,
    options: TenantOptions = {},
    onAdded: (tenant: Tenant) => void = () => {},
  ): Promise<Tenant> {
    const id = this.#idFor(scenario, options.id);
    this.#coming.add(id);
    const tenant = await this.#create(scenario, id).finally(() => this.#coming.delete(id));
    // While the faults were read another organization may have come under an id that it was given.
    if (this.#byId.has(tenant.id))
      throw new TenantError('id_taken', `an organization ${tenant.id} exists already`);
    this.#checkCredentials(tenant);
    onAdded(tenant);
    this.#byId.set(tenant.id, tenant);
    this.#follow(tenant);
    if (options.default || this.#default === undefined) this.#default = tenant;
    this.#tell(tenant.id, tenant);
    return tenant;
  }

  /**
   * Replaces an organization by a changed scenario. If that fails, the old one stays.
   *
   * @param onReplaced called before the organization receives requests
   * @throws TenantError also if the organization is removed meanwhile
   */
  async replace(
    id: string,
    scenario: ScenarioDefinition,
    onReplaced: (tenant: Tenant, former: Tenant) => void = () => {},
  ): Promise<Tenant> {
    const former = this.#byId.get(id);
    if (former === undefined) throw new TenantError('unknown_id', `no organization ${id} is served`);
    const tenant = await this.#create(scenario, id);
    if (this.#byId.get(id) !== former)
      throw new TenantError('unknown_id', `the organization ${id} was removed before it could be replaced`);
    this.#checkCredentials(tenant);
    onReplaced(tenant, former);
    this.#byId.set(id, tenant);
    this.#follow(tenant);
    if (this.#default === former) this.#default = tenant;
    this.#tell(id, tenant);
    return tenant;
  }

  remove(id: string): void {
    if (this.#byId.get(id) === this.#default && this.#default !== undefined) {
      throw new TenantError(
        'is_default',
        `${id} is the default organization; make another one the default first`,
      );
    }
    this.dismiss(id);
  }

  /** The same; where it is the default organization, the one that came first of the others takes its place. */
  dismiss(id: string): void {
    const tenant = this.#byId.get(id);
    if (tenant === undefined) throw new TenantError('unknown_id', `no organization ${id} is served`);
    this.#byId.delete(id);
    if (tenant === this.#default) [this.#default] = this.#byId.values();
    this.#register.delete(id);
    this.#leave(id);
    this.#tell(id, undefined);
  }

  /** Tells of each organization that is taken in or replaced, and, without one, of each that is removed. */
  onServed(listener: (id: string, tenant: Tenant | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(id: string, tenant: Tenant | undefined): void {
    for (const listener of this.#listeners) listener(id, tenant);
  }

  async #create(scenario: ScenarioDefinition, id: string): Promise<Tenant> {
    const { state } = scenario.organization;
    const areas = state === undefined ? undefined : await import('../organization/state/areas.ts');
    const organization = new Organization(id, scenario.organization, {
      host: this.#host,
      behavior: catalogOf(this.#services).behavior,
      settleState: areas?.settleState,
    });
    const faults = new FaultTable(organization.runtime);
    await faults.begin(scenario.faults, scenario.faultsNow);
    const serverFaults = new FaultTable(organization.runtime, 'server-fault');
    await serverFaults.begin(scenario.serverFaults, scenario.serverFaultsNow);
    return { id, scenario, organization, faults, serverFaults };
  }

  #idFor({ organization }: ScenarioDefinition, given: string | undefined): string {
    if (this.#byId.size >= MOST_TENANTS) {
      throw new TenantError('too_many', `${MOST_TENANTS} organizations are served; delete some`);
    }
    if (given !== undefined) {
      if (!ID.test(given)) {
        throw new TenantError(
          'id_form',
          `the id ${JSON.stringify(given.slice(0, 80))} must match ${ID.source}`,
        );
      }
      if (this.#byId.has(given)) throw new TenantError('id_taken', `an organization ${given} exists already`);
      return given;
    }
    const base = slug(organization.name);
    let id = base;
    for (let number = 2; this.#byId.has(id) || this.#coming.has(id); number += 1) id = `${base}-${number}`;
    return id;
  }

  #credentials({ organization }: Tenant): readonly string[] {
    return this.#services.flatMap(({ credentials }) => credentials?.all(organization) ?? []);
  }

  #checkCredentials(tenant: Tenant): void {
    const [taken] = this.#register.taken(tenant.id, this.#credentials(tenant));
    if (taken === undefined) return;
    const holder = this.#register.holder(taken)!;
    const explained = this.#services.flatMap(
      ({ credentials }) => credentials?.conflict?.(taken, holder) ?? [],
    );
    const message = `the credential ${taken.slice(0, 40)} belongs to the organization ${holder}; ask for \`credentials: generate\``;
    throw new TenantError('credential_taken', explained[0] ?? message, taken);
  }

  /** Enters the credentials that an organization has now: new server tokens bring new ones, a reset the first. */
  refresh(tenant: Tenant): void {
    if (this.#byId.get(tenant.id) === tenant) this.#register.set(tenant.id, this.#credentials(tenant));
  }

  /** Some changes bring new credentials: a server token that is renewed, a push token that is registered. */
  #follow(tenant: Tenant): void {
    this.refresh(tenant);
    tenant.organization.onChange(({ change }) => {
      if (this.#byId.get(tenant.id) !== tenant) return;
      for (const { credentials } of this.#services) {
        if (credentials?.replaced?.(change)) this.refresh(tenant);
        const added = credentials?.added?.(change);
        if (added !== undefined) this.#register.add(tenant.id, added);
      }
    });
    this.#leave(tenant.id);
    const ends = this.#services.flatMap((service) => service.start?.(tenant.organization) ?? []);
    this.#attended.set(tenant.id, ends);
  }

  #leave(id: string): void {
    for (const end of this.#attended.get(id) ?? []) end();
    this.#attended.delete(id);
  }
}
