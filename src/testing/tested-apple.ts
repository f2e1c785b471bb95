import type { Crabapple } from '../api/apple.ts';
import { appleOf } from '../api/apple.ts';
import type { Organization } from '../api/organization.ts';
import { organizationMembers } from '../api/organization.ts';
import type { Host } from '../core/host.ts';
import { portableHost } from '../core/runtime.ts';
import type { Tenant } from '../engine/tenant.ts';
import { environmentOf } from '../server/control/environment.ts';
import type { CrabappleServer } from '../server/open-server.ts';
import { SimulatedApple } from '../simulated-apple.ts';
import type { Report } from '../verify/report/report.ts';
import type { AppleInTest } from './apple-in-test.ts';
import type { FixtureOptions, ScenarioOfTest } from './fixture-options.ts';
import { readScenario } from './scenario-source.ts';
import { organizationId, type TestName } from './test-name.ts';

/** An organization as long as its test. */
export interface Begun {
  readonly organization: Organization;
  /** Undefined where all is as expected. */
  failure(): Report | undefined;
  /** The organization leaves. */
  end(): void;
}

/** Takes the requests without a credential while no test runs. */
const BETWEEN_TESTS = 'between-tests';

/** Webhooks are really sent. Loaded when the first one is due. */
const sendingHost: Host = {
  ...portableHost,
  post: async (posting) => (await import('../transports/webhook-post.ts')).postWebhook(posting),
};

/** One simulated Apple for many tests, each with an organization of its own. */
export class TestedApple {
  readonly crabapple: Crabapple;
  readonly #core: SimulatedApple;
  readonly #options: FixtureOptions;
  /** Ids of tests that run: some of one name may run at the same time. */
  readonly #running = new Set<string>();
  #opening: Promise<void> | undefined;
  #server: CrabappleServer | undefined;

  constructor(options: FixtureOptions) {
    this.#options = options;
    this.#core = new SimulatedApple({ host: options.server === false ? portableHost : sendingHost });
    this.crabapple = appleOf(this.#core);
  }

  /** Loads what it needs and listens, before the time of a test runs. @throws PortError where a port cannot be opened */
  open(): Promise<void> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /** @throws ScenarioError where the scenario is wrong */
  async begin(test: TestName, given: ScenarioOfTest | undefined = this.#options.scenario): Promise<Begun> {
    await this.open();
    const { organizations } = this.crabapple;
    const { scenario, ...source } = await readScenario(given, test.titles.at(-1) ?? 'test');
    const id = this.#enter(organizationId(test));
    // The default one, so that requests without a credential are of the test that runs.
    const taken = organizations.add(scenario, { ...source, id, default: true });
    const organization = await taken.catch((error: unknown) => {
      this.#running.delete(id);
      throw error;
    });
    return {
      organization,
      failure() {
        const report = organization.verify();
        return report.status === 'passed' ? undefined : report;
      },
      end: () => {
        const tenant = this.#core.tenants.get(id);
        if (tenant !== undefined) this.#core.dismiss(tenant);
        this.#running.delete(id);
      },
    };
  }

  #enter(wanted: string): string {
    let id = wanted;
    for (let number = 2; this.#running.has(id); number += 1) id = `${wanted}-${number}`;
    this.#running.add(id);
    return id;
  }

  async #open(): Promise<void> {
    await this.#core.addScenario({ name: 'Between tests' }, { id: BETWEEN_TESTS });
    const { server = true } = this.#options;
    if (server === false) return;
    const { openServer } = await import('../server/open-server.ts');
    this.#server = await openServer(this.#core, { port: 0, ...(server === true ? {} : server) });
  }

  get #listening(): CrabappleServer {
    if (this.#server !== undefined) return this.#server;
    throw new Error('the simulated Apple listens nowhere: leave `server: false` out to have it on a port');
  }

  /** @param current the organization that is meant now */
  inTest(current: () => Organization): AppleInTest {
    const tenant = (): Tenant => this.#core.tenants.get(current().id)!;
    const members = organizationMembers(this.#core, tenant);
    const listening = (): CrabappleServer => this.#listening;
    const core = this.#core;
    const own: Omit<AppleInTest, keyof typeof members> = {
      crabapple: this.crabapple,
      get organization() {
        return current();
      },
      get id() {
        return current().id;
      },
      get url() {
        return listening().url;
      },
      get tlsUrl() {
        return listening().tlsUrl;
      },
      get env() {
        return environmentOf(core, listening(), tenant());
      },
      environment: () => listening().environment(current().id),
      verify: () => current().verify(),
    };
    return Object.defineProperties(members, Object.getOwnPropertyDescriptors(own)) as AppleInTest;
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => {});
    this.#opening = undefined;
    await this.#server?.close();
    this.#server = undefined;
    this.#core.close();
  }
}
