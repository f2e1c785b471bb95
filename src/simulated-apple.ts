import type { Outcome } from './core/outcome.ts';
import type { HttpRequest } from './core/request.ts';
import { Engine, type EngineOptions } from './engine/engine.ts';
import type { Journal } from './engine/journal/journal.ts';
import { rememberedExchange } from './engine/observed-exchange.ts';
import type { Service } from './engine/service.ts';
import { type Tenant, TenantError } from './engine/tenant.ts';
import type { TenantOptions, Tenants } from './engine/tenants.ts';
import { type Snapshot, SnapshotStore } from './persistence/snapshot-store.ts';
import type { OperationName } from './scenario/generated/scenario-types.ts';
import type { FileReader, LoadedScenario } from './scenario/load.ts';
import { timelineArea } from './scenario/timeline-progress.ts';
import type { VerificationDefinition } from './scenario/verification.ts';
import { SERVICES } from './services/index.ts';
import type { Exchange as ShownExchange } from './verify/exchange.ts';
import { type Report, reportOf } from './verify/report/report.ts';
import { readyTimeline } from './verify/timeline.ts';
import { compileAll, type EarlierExchanges, type ReadyExpectation, Verifier } from './verify/verifier.ts';
import type { WaitOptions } from './verify/wait-for.ts';
import { waitForExchange } from './verify/wait-for.ts';

export interface SimulatedAppleOptions extends Omit<EngineOptions, 'services' | 'areas'> {
  /** Apple's services if not given. */
  readonly services?: readonly Service[] | undefined;
}

export interface ScenarioOptions extends TenantOptions {
  /** Name under which problems are reported. */
  readonly file?: string | undefined;
  /** Reads the files that the scenario names, such as declarations; without it a scenario names none. */
  readonly readFile?: FileReader | undefined;
}

/** Where an organization comes from, beside what describes it. */
export interface Source {
  readonly verification: VerificationDefinition;
  readonly file: string | undefined;
  /** Reads the files that it names. */
  readonly readFile?: FileReader | undefined;
  /** The scenario as it was written; undefined where it never was. */
  readonly document: object | undefined;
}

/** What a scenario's verification says, with its patterns and faults ready to be used at once. */
interface ReadyVerification {
  readonly expectations: Awaited<ReturnType<typeof compileAll>>;
  readonly timeline: Awaited<ReturnType<typeof readyTimeline>>;
}

const NO_SOURCE: Source = {
  verification: { expectations: [], timeline: [], allowSilent: false },
  file: undefined,
  document: undefined,
};

/** What `reset` can restore to its initial state. */
export const RESETTABLE = ['state', 'faults', 'journal', 'clock', 'expectations'] as const;

export type Resettable = (typeof RESETTABLE)[number];

/** A replacement of an organization's scenario. */
interface Replacing extends Pick<ScenarioOptions, 'file' | 'readFile'> {
  readonly scenario: ScenarioInput;
  /** The replacement that must finish first. */
  readonly earlier: Promise<Tenant> | undefined;
}

/** A scenario as YAML or JSON text, or as an object of the same form. */
export type ScenarioInput = string | object;

/** The simulated Apple: organizations, each from a scenario, behind one exchange. No ports, no Node. */
export class SimulatedApple {
  readonly engine: Engine;
  readonly #verifiers = new WeakMap<Tenant, Verifier>();
  readonly #sources = new WeakMap<Tenant, Source>();
  readonly #snapshots = new WeakMap<Tenant, SnapshotStore>();
  /** The newest replacement of each organization that has not finished. */
  readonly #replacing = new Map<string, Promise<Tenant>>();

  constructor({ services = SERVICES, ...options }: SimulatedAppleOptions = {}) {
    this.engine = new Engine({ ...options, services, areas: [timelineArea] });
    this.engine.onExchange((tenant, exchanged) => this.verifierOf(tenant).observe(exchanged));
  }

  get tenants(): Tenants {
    return this.engine.tenants;
  }

  get journal(): Journal {
    return this.engine.journal;
  }

  /** Never throws and never rejects. */
  handle(request: HttpRequest): Outcome | Promise<Outcome> {
    return this.engine.handle(request);
  }

  /** @throws ScenarioError where the scenario is wrong, TenantError where id or credentials are taken */
  async addScenario(scenario: ScenarioInput, options: ScenarioOptions = {}): Promise<Tenant> {
    const { file, readFile, ...taken } = options;
    const loaded = await this.#load(scenario, file, readFile);
    try {
      return await this.takeIn(loaded, taken, file, readFile);
    } catch (error) {
      throw error instanceof TenantError ? loaded.positioned(error) : error;
    }
  }

  async #load(scenario: ScenarioInput, file = 'scenario', readFile?: FileReader): Promise<LoadedScenario> {
    const { loadScenario } = await import('./scenario/load.ts');
    return loadScenario(file, scenario, readFile, this.engine.catalog);
  }

  /** @throws TenantError where id or credentials are taken */
  async takeIn(
    loaded: LoadedScenario,
    options: TenantOptions = {},
    file?: string,
    readFile?: FileReader,
  ): Promise<Tenant> {
    const verifying = await this.#readyVerification(loaded);
    return this.tenants.add(loaded.scenario, options, (tenant) =>
      this.#startVerifier(tenant, loaded, verifying, { file, readFile }),
    );
  }

  /**
   * Replaces the scenario of an organization. If that fails, the old one stays. Several calls for one organization take
   * effect in their order.
   *
   * @throws ScenarioError if the scenario is wrong, TenantError if the organization is unknown or is removed meanwhile
   */
  async replaceScenario(
    id: string,
    scenario: ScenarioInput,
    file?: string,
    readFile?: FileReader,
  ): Promise<Tenant> {
    const earlier = this.#replacing.get(id);
    const replacing = this.#replace(id, { scenario, file, readFile, earlier });
    this.#replacing.set(id, replacing);
    try {
      return await replacing;
    } finally {
      if (this.#replacing.get(id) === replacing) this.#replacing.delete(id);
    }
  }

  async #replace(id: string, { scenario, file, readFile, earlier }: Replacing): Promise<Tenant> {
    const loaded = await this.#load(scenario, file, readFile);
    const verifying = await this.#readyVerification(loaded);
    // Its failure is reported to its own caller.
    await earlier?.catch(() => {});
    try {
      return await this.tenants.replace(id, loaded.scenario, (tenant, former) => {
        this.#verifiers.get(former)?.stop();
        this.journal.forget(id);
        this.#startVerifier(tenant, loaded, verifying, { file, readFile });
      });
    } catch (error) {
      throw error instanceof TenantError ? loaded.positioned(error) : error;
    }
  }

  /** @throws TenantError if no organization has the id, or if it is the default organization */
  removeOrganization(id: string): void {
    const tenant = this.#tenant(id);
    this.tenants.remove(id);
    this.#forget(tenant);
  }

  /** Removes an organization, also the default one: another one becomes the default organization. */
  removeAny(tenant: Tenant): void {
    this.tenants.removeAny(tenant.id);
    this.#forget(tenant);
  }

  /** Removes all organizations and stops their timers. Can be called more than once. */
  close(): void {
    for (const tenant of this.tenants.all) this.removeAny(tenant);
  }

  #forget(tenant: Tenant): void {
    this.#verifiers.get(tenant)?.stop();
    // Another organization may come under the same id.
    this.journal.forget(tenant.id);
  }

  async #readyVerification({ verification }: LoadedScenario): Promise<ReadyVerification> {
    const [expectations, timeline] = await Promise.all([
      compileAll(verification.expectations, this.engine.catalog),
      readyTimeline(verification.timeline),
    ]);
    return { expectations, timeline };
  }

  #startVerifier(
    tenant: Tenant,
    { verification, document }: LoadedScenario,
    { expectations, timeline }: ReadyVerification,
    { file, readFile }: Pick<Source, 'file' | 'readFile'>,
  ): void {
    const { allowSilent } = verification;
    this.#sources.set(tenant, { verification, file, readFile, document });
    const options = { allowSilent, file };
    this.#verifiers.set(tenant, new Verifier(tenant, expectations, timeline, options));
  }

  sourceOf(tenant: Tenant): Source {
    return this.#sources.get(tenant) ?? NO_SOURCE;
  }

  /** Who follows the traffic of an organization. */
  verifierOf(tenant: Tenant): Verifier {
    let verifier = this.#verifiers.get(tenant);
    if (verifier === undefined) {
      verifier = new Verifier(tenant);
      this.#verifiers.set(tenant, verifier);
    }
    return verifier;
  }

  /** What the journal still has of an organization's exchanges. */
  rememberedOf({ id, organization }: Tenant): EarlierExchanges {
    return {
      exchanges: [...this.journal.entries(id)].map((entry) =>
        rememberedExchange(entry, organization, this.engine.catalog),
      ),
      dropped: this.journal.dropped(id),
    };
  }

  /**
   * Follows more expectations, from what the journal still has on.
   *
   * @throws TooManyExpectations with none taken in
   */
  follow(tenant: Tenant, expectations: readonly ReadyExpectation[]): void {
    this.verifierOf(tenant).add(expectations, this.rememberedOf(tenant));
  }

  /** Verifies one organization, or all of them, by what was seen until now. */
  verify(organization?: string): Report {
    const tenants = organization === undefined ? this.tenants.all : [this.#tenant(organization)];
    return reportOf(tenants.map((tenant) => this.verifierOf(tenant).suite));
  }

  /** Named snapshots of an organization. */
  snapshotsOf(tenant: Tenant): SnapshotStore {
    let store = this.#snapshots.get(tenant);
    if (store === undefined) {
      store = new SnapshotStore();
      this.#snapshots.set(tenant, store);
    }
    return store;
  }

  /**
   * Saves the current state of an organization under a name; without one under `snapshot-1`, `snapshot-2`, …
   *
   * @returns the name
   * @throws SnapshotError if the name cannot be used
   */
  snapshot(name?: string, organization?: string): string {
    const tenant = this.#tenant(organization);
    const store = this.snapshotsOf(tenant);
    const taken = name ?? store.freeName;
    tenant.organization.runDueTasks();
    store.put(taken, tenant.organization.serialize());
    return taken;
  }

  /** Restores a snapshot, any number of times. @throws SnapshotError if no snapshot has the name */
  async restore(name: string, organization?: string): Promise<void> {
    const tenant = this.#tenant(organization);
    await this.restoreTo(tenant, this.snapshotsOf(tenant).get(name));
  }

  /** A snapshot as a scenario file. @throws SnapshotError if no snapshot has the name */
  async exportSnapshot(name: string, organization?: string): Promise<string> {
    const tenant = this.#tenant(organization);
    const snapshot = this.snapshotsOf(tenant).get(name);
    const { exportScenario } = await import('./persistence/export.ts');
    return exportScenario(
      tenant.organization,
      snapshot,
      this.sourceOf(tenant).document,
      this.engine.catalog.behavior,
    );
  }

  async restoreTo(
    { organization }: Tenant,
    snapshot: Snapshot,
    time: 'then' | 'since' = 'then',
  ): Promise<void> {
    await organization.prepare(snapshot);
    organization.restore(snapshot, time);
  }

  /**
   * The first exchange of an operation that fits: one that came already, or the next.
   *
   * @throws WaitError where none comes in time
   */
  waitFor<const Operation extends OperationName>(
    operation: Operation,
    options: WaitOptions<Operation> = {},
    organization?: string,
  ): Promise<ShownExchange<Operation>> {
    return waitForExchange(this.engine, this.#tenant(organization), operation, options);
  }

  /** The default organization where none is named. */
  #tenant(id: string | undefined): Tenant {
    if (id === undefined) return this.tenants.default;
    const tenant = this.tenants.get(id);
    if (tenant === undefined) throw new TenantError('unknown_id', `no organization ${id} is served`);
    return tenant;
  }

  /** Back to what the scenario describes, whole or in parts. */
  reset(tenant: Tenant, only: readonly Resettable[] = RESETTABLE): void {
    const { id, organization } = tenant;
    const verifier = this.verifierOf(tenant);
    if (only.includes('clock')) organization.reset('clock');
    if (only.includes('state')) organization.reset('state');
    if (only.includes('faults')) organization.reset('faults');
    if (only.includes('journal')) this.journal.forget(id);
    if (only.includes('expectations')) verifier.reset();
    else if (only.includes('journal')) verifier.restart();
  }
}

/** @throws ScenarioError where the scenario is wrong */
export async function simulateApple(
  scenario: ScenarioInput,
  options: SimulatedAppleOptions = {},
  scenarioOptions: ScenarioOptions = {},
): Promise<SimulatedApple> {
  const apple = new SimulatedApple(options);
  await apple.addScenario(scenario, { default: true, ...scenarioOptions });
  return apple;
}
