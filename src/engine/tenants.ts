import type { Host } from '../core/host.ts';
import type { Area } from '../organization/area.ts';
import { Organization } from '../organization/organization.ts';
import { catalogOf } from './catalog.ts';
import { CredentialIndex, type NearCredential } from './credential-index.ts';
import { faultArea } from './faults/fault-area.ts';
import { FaultTable } from './faults/fault-table.ts';
import type { Service } from './service.ts';
import { type ScenarioDefinition, type Tenant, TenantError } from './tenant.ts';

export interface TenantOptions {
  /** The slug of the scenario's name, made unique, if not given. */
  readonly id?: string | undefined;
  /** Handles requests without a credential. The first organization does unless another is set. */
  readonly default?: boolean | undefined;
}

/** Changes of the complete state, after which the credentials are collected again. */
const RESTARTS: ReadonlySet<string> = new Set(['state_reset', 'state_restored']);

const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/i;
const MOST_TENANTS = 10_000;

export const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 56) || 'organization';

/** The organizations in service, and the index of their credentials. */
export class Tenants {
  readonly #services: readonly Service[];
  readonly #host: Host;
  readonly #areas: readonly Area[];
  readonly #byId = new Map<string, Tenant>();
  readonly #credentialIndex = new CredentialIndex();
  /** Functions that stop the background work of services for an organization. */
  readonly #stopServices = new Map<string, readonly (() => void)[]>();
  #default: Tenant | undefined;
  /** Ids of organizations that are being created. */
  readonly #pendingIds = new Set<string>();
  readonly #listeners = new Set<(id: string, tenant: Tenant | undefined) => void>();

  /** @param areas of each organization, beside those of `organization/`, of the faults and of the services */
  constructor(services: readonly Service[], host: Host, areas: readonly Area[] = []) {
    this.#services = services;
    this.#host = host;
    this.#areas = areas;
  }

  get size(): number {
    return this.#byId.size;
  }

  get all(): readonly Tenant[] {
    return [...this.#byId.values()];
  }

  /** @throws TenantError if no organization is served */
  get default(): Tenant {
    if (this.#default === undefined) throw new TenantError('unknown_id', 'no organization is served');
    return this.#default;
  }

  get(id: string): Tenant | undefined {
    return this.#byId.get(id);
  }

  readonly isHeld = (credential: string): boolean => this.#credentialIndex.holder(credential) !== undefined;

  byCredential(credential: string): Tenant | undefined {
    const holder = this.#credentialIndex.holder(credential);
    return holder === undefined ? undefined : this.#byId.get(holder);
  }

  nearest(credential: string): NearCredential | undefined {
    return this.#credentialIndex.nearest(credential);
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
    this.#pendingIds.add(id);
    const tenant = await this.#create(scenario, id).finally(() => this.#pendingIds.delete(id));
    // Another organization may have been added with this id while the faults were compiled.
    if (this.#byId.has(tenant.id))
      throw new TenantError('id_taken', `an organization ${tenant.id} exists already`);
    this.#checkCredentials(tenant);
    onAdded(tenant);
    this.#byId.set(tenant.id, tenant);
    this.#serve(tenant);
    if (options.default || this.#default === undefined) this.#default = tenant;
    this.#notify(tenant.id, tenant);
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
    this.#serve(tenant);
    if (this.#default === former) this.#default = tenant;
    this.#notify(id, tenant);
    return tenant;
  }

  remove(id: string): void {
    if (this.#byId.get(id) === this.#default && this.#default !== undefined) {
      throw new TenantError(
        'is_default',
        `${id} is the default organization; make another one the default first`,
      );
    }
    this.removeAny(id);
  }

  /** Removes an organization, also the default one: the oldest of the others becomes the default organization. */
  removeAny(id: string): void {
    const tenant = this.#byId.get(id);
    if (tenant === undefined) throw new TenantError('unknown_id', `no organization ${id} is served`);
    this.#byId.delete(id);
    if (tenant === this.#default) [this.#default] = this.#byId.values();
    this.#credentialIndex.delete(id);
    this.#stop(id);
    this.#notify(id, undefined);
  }

  /** Calls back when an organization is added or replaced, and, without a tenant, when it is removed. */
  onServed(listener: (id: string, tenant: Tenant | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #notify(id: string, tenant: Tenant | undefined): void {
    for (const listener of this.#listeners) listener(id, tenant);
  }

  async #create(scenario: ScenarioDefinition, id: string): Promise<Tenant> {
    const { organization: definition, faults: ownFaults, serverFaults: faultsOfServer } = scenario;
    const sections = { ...scenario.sections, faults: ownFaults, serverFaults: faultsOfServer };
    const { behavior, areas } = catalogOf(this.#services);
    const options = { host: this.#host, areas: [faultArea, ...this.#areas, ...areas], sections, behavior };
    const organization = new Organization(id, definition, options);
    const faults = new FaultTable(organization);
    const serverFaults = new FaultTable(organization, 'server');
    await Promise.all([faults.prepare(), serverFaults.prepare()]);
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
    for (let number = 2; this.#byId.has(id) || this.#pendingIds.has(id); number += 1)
      id = `${base}-${number}`;
    return id;
  }

  #credentials({ organization }: Tenant): readonly string[] {
    return this.#services.flatMap(({ credentials }) => credentials?.all(organization) ?? []);
  }

  #checkCredentials(tenant: Tenant): void {
    const [taken] = this.#credentialIndex.taken(tenant.id, this.#credentials(tenant));
    if (taken === undefined) return;
    const holder = this.#credentialIndex.holder(taken)!;
    const explained = this.#services.flatMap(
      ({ credentials }) => credentials?.conflict?.(taken, holder) ?? [],
    );
    const message = `the credential ${taken.slice(0, 40)} belongs to the organization ${holder}; ask for \`credentials: generate\``;
    throw new TenantError('credential_taken', explained[0] ?? message, taken);
  }

  /** Indexes the current credentials of an organization. */
  refresh(tenant: Tenant): void {
    if (this.#byId.get(tenant.id) === tenant) this.#credentialIndex.set(tenant.id, this.#credentials(tenant));
  }

  /** Some changes add credentials: a renewed server token, a registered push token. */
  #serve(tenant: Tenant): void {
    this.refresh(tenant);
    tenant.organization.onChange(({ change }) => {
      if (this.#byId.get(tenant.id) !== tenant) return;
      if (RESTARTS.has(change.type)) this.refresh(tenant);
      for (const { credentials } of this.#services) {
        if (credentials?.replaced?.(change)) this.refresh(tenant);
        const added = credentials?.added?.(change);
        if (added !== undefined) this.#credentialIndex.add(tenant.id, added);
      }
    });
    this.#stop(tenant.id);
    const ends = this.#services.flatMap((service) => service.start?.(tenant.organization) ?? []);
    this.#stopServices.set(tenant.id, ends);
  }

  #stop(id: string): void {
    for (const end of this.#stopServices.get(id) ?? []) end();
    this.#stopServices.delete(id);
  }
}
