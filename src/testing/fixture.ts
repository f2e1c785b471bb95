import { appleOf, type Crabapple } from '../api/apple.ts';
import { type Organization, type OrganizationMembers, organizationMembers } from '../api/organization.ts';
import { sha256 } from '../core/digest.ts';
import type { Host } from '../core/host.ts';
import { portableHost } from '../core/runtime.ts';
import type { Tenant } from '../engine/tenant.ts';
import { slug } from '../engine/tenants.ts';
import type { Scenario } from '../scenario/generated/scenario-types.ts';
import type { FileReader } from '../scenario/load.ts';
import { environmentOf } from '../server/control/environment.ts';
import type { CrabappleServer, ListenOptions } from '../server/open-server.ts';
import { SimulatedApple } from '../simulated-apple.ts';
import type { Report } from '../verify/report/report.ts';

/** The scenario of a test. */
export type ScenarioOfTest =
  /** An object in the form of a scenario file. */
  | Scenario
  /** The text of a scenario file, or its path: one line that ends in `.yaml`, `.yml` or `.json`. */
  | string
  /** The URL of a scenario file: `new URL('./school.yaml', import.meta.url)`. */
  | URL;

/** Options of the simulated Apple of tests. */
export interface FixtureOptions {
  /** Default: one organization with one MDM server, named after the test. */
  readonly scenario?: ScenarioOfTest | undefined;
  /**
   * Where the simulated Apple listens. Default: a free port of this machine; `{ tlsPort: 0 }` adds a TLS port.
   * `false` opens no port, for tests with MSW.
   */
  readonly server?: boolean | ListenOptions | undefined;
}

/** The simulated Apple in one test: the organization of the test, and how to reach it. */
export interface AppleInTest extends OrganizationMembers {
  /** The organization of this test. `apple` has the same members. */
  readonly organization: Organization;
  /** The id of the organization. It is the same in every run of the test, and so are all credentials. */
  readonly id: string;
  /** Base URL of all services. Throws if the fixture opens no port. */
  readonly url: string;
  /** Base URL of the TLS port; undefined without one. */
  readonly tlsUrl: string | undefined;
  /** Environment variables for a program under test: the URLs and the credentials of this organization. */
  readonly env: Readonly<Record<string, string>>;
  /** `env` with the files of a push certificate, if there is a TLS port. Generating its key takes time. */
  environment(): Promise<Readonly<Record<string, string>>>;
  /** The simulated Apple that all tests of the file share, for `appleHandlers(apple.crabapple)`. */
  readonly crabapple: Crabapple;
  /** Verifies the expectations against the requests received so far. The fixture does this at the end of the test. */
  verify(): Report;
}

/** Identifies a test. */
export interface TestName {
  /** Relative to the project folder, so that it is the same on every machine. */
  readonly file: string;
  /** The titles of the suites, outermost first, then the title of the test. */
  readonly titles: readonly string[];
}

/** The organization of a running test. */
export interface TestOrganization {
  readonly organization: Organization;
  /** The report if a verdict is not `passed`. */
  failure(): Report | undefined;
  /** Removes the organization. */
  end(): void;
}

/** The organization that receives requests without a credential while no test runs. */
const BETWEEN_TESTS = 'between-tests';

/** Sends webhooks. The module is loaded for the first one. */
const webhookHost: Host = {
  ...portableHost,
  post: async (posting) => (await import('../transports/webhook-post.ts')).postWebhook(posting),
};

/** One simulated Apple for many tests, each with its own organization. */
export class AppleFixture {
  readonly crabapple: Crabapple;
  readonly #core: SimulatedApple;
  readonly #options: FixtureOptions;
  /** The ids of running tests: tests with the same name can run concurrently. */
  readonly #running = new Set<string>();
  #opening: Promise<void> | undefined;
  #server: CrabappleServer | undefined;

  constructor(options: FixtureOptions) {
    this.#options = options;
    this.#core = new SimulatedApple({ host: options.server === false ? portableHost : webhookHost });
    this.crabapple = appleOf(this.#core);
  }

  /** Call this before the time limit of a test starts. @throws PortError if a port cannot be opened */
  open(): Promise<void> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /** @throws ScenarioError if the scenario is invalid */
  async start(
    test: TestName,
    given: ScenarioOfTest | undefined = this.#options.scenario,
  ): Promise<TestOrganization> {
    await this.open();
    const { organizations } = this.crabapple;
    const { scenario, ...source } = await readScenario(given, test.titles.at(-1) ?? 'test');
    const id = this.#reserveId(organizationId(test));
    // The default organization receives the requests of the test that carry no credential.
    const added = organizations.add(scenario, { ...source, id, default: true });
    const organization = await added.catch((error: unknown) => {
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
        if (tenant !== undefined) this.#core.removeAny(tenant);
        this.#running.delete(id);
      },
    };
  }

  #reserveId(wanted: string): string {
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
    throw new Error('the simulated Apple has no port: remove `server: false` from the options');
  }

  /** @param current returns the organization of the current test */
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

const MAX_SLUG = 48;
const DIGITS = 8;

const encoder = new TextEncoder();

/** The same id for the same test in every run, and different ids for different tests. */
export function organizationId({ file, titles }: TestName): string {
  const text = [file.replaceAll('\\', '/'), ...titles].join('\n');
  const digits = sha256(encoder.encode(text)).slice(0, DIGITS);
  return `${slug(titles.at(-1) ?? '').slice(0, MAX_SLUG)}-${digits}`;
}

interface ScenarioSource {
  readonly scenario: Scenario | string;
  /** The file name in reports. */
  readonly file: string | undefined;
  readonly readFile: FileReader | undefined;
}

const PATH = /^[^\r\n]+\.(?:ya?ml|json)$/i;

/** @param name of the organization if no scenario is given */
async function readScenario(given: ScenarioOfTest | undefined, name: string): Promise<ScenarioSource> {
  const path = given instanceof URL || (typeof given === 'string' && PATH.test(given)) ? given : undefined;
  // Browsers have no files; scenarios are objects there.
  const readFile: FileReader = async (file) => (await import('node:fs/promises')).readFile(file, 'utf8');
  if (path === undefined) {
    const scenario = (given ?? { name }) as Scenario | string;
    return { scenario, file: undefined, readFile };
  }
  const file = typeof path === 'string' ? path : await pathOf(path);
  return { scenario: await readFile(file), file, readFile };
}

/** The path relative to the working directory if the file is in it. */
async function pathOf(url: URL): Promise<string> {
  const [{ fileURLToPath }, { relative }] = await Promise.all([import('node:url'), import('node:path')]);
  const path = fileURLToPath(url);
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}
