import { Exchange, type ExchangeOptions } from './exchange/exchange.ts';
import type { Journal } from './exchange/journal/journal.ts';
import type { Tenant } from './exchange/tenant.ts';
import { TenantError, type TenantOptions, type Tenants } from './exchange/tenants.ts';
import type { Outcome } from './http/outcome.ts';
import type { HttpRequest } from './http/request.ts';
import { SERVICES } from './services/index.ts';

export type CrabappleOptions = Omit<ExchangeOptions, 'services'>;

export interface ScenarioOptions extends TenantOptions {
  /** Name under which problems are reported. */
  readonly file?: string | undefined;
}

/** What `reset` brings back to the start. */
export const RESETTABLE = ['state', 'faults', 'journal', 'clock'] as const;

export type Resettable = (typeof RESETTABLE)[number];

/** A scenario as YAML or JSON text, or as an object of the same form. */
export type ScenarioInput = string | object;

const textOf = (scenario: ScenarioInput): string =>
  typeof scenario === 'string' ? scenario : JSON.stringify(scenario, undefined, 2);

/** The simulated Apple: organizations, each from a scenario, behind one exchange. No ports, no Node. */
export class Crabapple {
  readonly exchange: Exchange;

  constructor(options: CrabappleOptions = {}) {
    this.exchange = new Exchange({ ...options, services: SERVICES });
  }

  get tenants(): Tenants {
    return this.exchange.tenants;
  }

  get journal(): Journal {
    return this.exchange.journal;
  }

  /** Never throws and never rejects. */
  handle(request: HttpRequest): Outcome | Promise<Outcome> {
    return this.exchange.handle(request);
  }

  /** @throws ScenarioError where the scenario is wrong, TenantError where id or credentials are taken */
  async addScenario(scenario: ScenarioInput, options: ScenarioOptions = {}): Promise<Tenant> {
    const { loadScenario } = await import('./scenario/load.ts');
    const loaded = await loadScenario(options.file ?? 'scenario', textOf(scenario));
    try {
      return await this.tenants.add(loaded.scenario, options);
    } catch (error) {
      throw error instanceof TenantError ? loaded.positioned(error) : error;
    }
  }

  /** Takes a changed scenario in the place of an organization's; a wrong one leaves it as it was. */
  async replaceScenario(id: string, scenario: ScenarioInput, file = 'scenario'): Promise<Tenant> {
    const { loadScenario } = await import('./scenario/load.ts');
    const loaded = await loadScenario(file, textOf(scenario));
    try {
      const tenant = await this.tenants.replace(id, loaded.scenario);
      this.journal.forget(id);
      return tenant;
    } catch (error) {
      throw error instanceof TenantError ? loaded.positioned(error) : error;
    }
  }

  /** Back to what the scenario describes, whole or in parts. */
  reset(tenant: Tenant, only: readonly Resettable[] = RESETTABLE): void {
    const { id, organization, faults } = tenant;
    if (only.includes('clock')) organization.resetClock();
    if (only.includes('state')) {
      organization.reset();
      this.tenants.refresh(tenant);
    }
    if (only.includes('faults')) faults.reset();
    if (only.includes('journal')) this.journal.forget(id);
  }
}

/** @throws ScenarioError where the scenario is wrong */
export async function createCrabapple(
  scenario: ScenarioInput,
  options: CrabappleOptions = {},
): Promise<Crabapple> {
  const crabapple = new Crabapple(options);
  await crabapple.addScenario(scenario, { default: true });
  return crabapple;
}
