import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deviceAt } from '../../src/api/live/device.ts';
import type { Tenant } from '../../src/engine/tenant.ts';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import { type CrabappleServer, openServer } from '../../src/server/open-server.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import type { Verdict } from '../../src/verify/verdict.ts';
import { ChildProgram } from './child-program.ts';
import type { IssuedCertificate } from './crabapple-control.ts';
import { Depserver, type DepserverAnswer } from './depserver.ts';
import { nanomdm } from './go-push-clients.ts';
import { type NanodepPrograms, nanodepPrograms } from './nanodep-programs.ts';
import type { PushSettings } from './push-client.ts';

/** One unmodified depserver before many organizations, each of a scenario file and with DEP names of its own. */
export class NanodepWorld {
  readonly apple: SimulatedApple;
  readonly server: CrabappleServer;
  readonly depserver: Depserver;
  readonly #programs: NanodepPrograms;
  readonly #storage: string;

  private constructor(
    apple: SimulatedApple,
    server: CrabappleServer,
    depserver: Depserver,
    programs: NanodepPrograms,
    storage: string,
  ) {
    this.apple = apple;
    this.server = server;
    this.depserver = depserver;
    this.#programs = programs;
    this.#storage = storage;
  }

  static async start(): Promise<NanodepWorld> {
    const programs = nanodepPrograms();
    const storage = mkdtempSync(join(tmpdir(), 'crabapple-nanodep-'));
    const apple = new SimulatedApple();
    const server = await openServer(apple, { port: 0, tlsPort: 0, proxyPort: 0 });
    const depserver = await Depserver.start(programs.depserver, storage);
    return new NanodepWorld(apple, server, depserver, programs, storage);
  }

  /** The organization of a scenario below `scenarios/`, as nanodep administers it. */
  async organizationOf(scenario: string): Promise<NanodepOrganization> {
    const file = `scenarios/${scenario}.yaml`;
    const id = scenario.replaceAll('/', '-');
    const readText = (path: string) => readFile(path, 'utf8');
    const tenant = await this.apple.addScenario(await readText(file), { id, file, readFile: readText });
    return new NanodepOrganization(this, tenant);
  }

  /** Starts depsyncer for one DEP name, and ends it once its output will do. */
  async sync(depName: string, limit: number | undefined, enough: (output: string) => boolean): Promise<void> {
    const parameters = ['-storage', 'filekv', '-storage-dsn', this.#storage, '-debug', '-duration', '3600'];
    parameters.push(...(limit === undefined ? [] : ['-limit', String(limit)]), depName);
    const program = new ChildProgram('depsyncer', this.#programs.depsyncer, parameters, {
      withoutVariables: 'NANODEP_',
    });
    try {
      await program.ready(async () => (enough(program.output) ? true : undefined));
    } finally {
      await program.stop();
    }
  }

  /** Where a push client pushes, and as whom. */
  async pushSettings(organization: string): Promise<PushSettings> {
    const { url, tlsUrl, proxyUrl, caFile } = this.server;
    const issued = await fetch(`${url}/_crabapple/push-certificates?organization=${organization}`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    const { certificate, private_key } = (await issued.json()) as IssuedCertificate;
    const write = (name: string, text: string): string => {
      const file = join(this.#storage, name);
      writeFileSync(file, text);
      return file;
    };
    const { hostname, port } = new URL(tlsUrl!);
    return {
      url: tlsUrl!,
      host: hostname,
      port: Number(port),
      caFile: caFile!,
      proxyUrl: proxyUrl!,
      certificate: {
        certificateFile: write('push-cert.pem', certificate),
        keyFile: write('push-key.pem', private_key),
        bundleFile: write('push.pem', certificate + private_key),
      },
    };
  }

  async stop(): Promise<void> {
    await this.depserver.stop();
    await this.server.close();
    rmSync(this.#storage, { recursive: true });
  }
}

const SYNCED = /phase=sync more=false/;
const BROKEN = /error syncing/;
const ASSIGNED = /msg=profile assigned/;

export class NanodepOrganization {
  readonly tenant: Tenant;
  readonly #world: NanodepWorld;

  constructor(world: NanodepWorld, tenant: Tenant) {
    this.#world = world;
    this.tenant = tenant;
  }

  /** What an administrator of nanodep does for one MDM server of the organization. */
  async mdm(server = 0): Promise<NanodepMdm> {
    const mdm = new NanodepMdm(this.#world, this.tenant, server);
    await mdm.takeToken();
    return mdm;
  }

  /** @param milliseconds of virtual time */
  pass(milliseconds: number): void {
    this.tenant.organization.runtime.clock.advance(milliseconds);
    this.tenant.organization.runDueTasks();
  }

  /** A push to a device by unmodified nanomdm, with a push certificate of the organization. */
  async push(serial: string): Promise<void> {
    const { inventory } = this.tenant.organization.enrollment;
    const device = deviceAt(this.tenant.organization, inventory.find(serial)!);
    const session = nanomdm.start({ ...(await this.#world.pushSettings(this.tenant.id)), useProxy: true });
    try {
      const push = { token: String(device.push_token), payload: { mdm: device.push_magic } };
      const { status, error } = await session.send(push);
      if (status !== 200) throw new Error(`the push got ${status}: ${error}`);
    } finally {
      await session.stop();
    }
  }

  get verdicts(): readonly Verdict[] {
    return this.#world.apple.verify(this.tenant.id).suites[0]!.verdicts;
  }
}

export class NanodepMdm {
  readonly depName: string;
  readonly #world: NanodepWorld;
  readonly #tenant: Tenant;
  readonly #server: number;

  constructor(world: NanodepWorld, tenant: Tenant, server: number) {
    this.#world = world;
    this.#tenant = tenant;
    this.#server = server;
    this.depName = `${tenant.id}-${server}`;
  }

  /** Hands nanodep the server token in force, and the base URL. */
  async takeToken(): Promise<void> {
    const { organization } = this.#tenant;
    organization.runDueTasks();
    const token = currentToken(organization.enrollment.servers[this.#server]!);
    // nanodep looks at the expiry only where it shows it, and wants one that is a time.
    const access_token_expiry = '2099-01-01T00:00:00Z';
    await this.#told('PUT', `/v1/tokens/${this.depName}`, { ...token, access_token_expiry });
    await this.#told('PUT', `/v1/config/${this.depName}`, { base_url: `${this.#world.server.url}/` });
  }

  /** The same as `takeToken`, by key pair and envelope. */
  async exchangeToken(): Promise<void> {
    const { depserver, server } = this.#world;
    const certificate = await depserver.ask('GET', `/v1/tokenpki/${this.depName}`);
    const envelope = await fetch(`${server.url}/_crabapple/token?organization=${this.#tenant.id}`, {
      method: 'POST',
      body: certificate.text,
      headers: { 'content-type': 'application/x-pem-file' },
    });
    await this.#told('PUT', `/v1/tokenpki/${this.depName}`, await envelope.text());
  }

  /** Devices that depsyncer sees as new get this profile from it. */
  async assignNew(profile: string): Promise<void> {
    await this.#told('PUT', `/v1/assigner/${this.depName}?profile_uuid=${profile}`);
  }

  async #told(method: string, path: string, content?: string | object): Promise<void> {
    const answer = await this.#world.depserver.ask(method, path, content);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  }

  /** Asks Apple through nanodep's proxy; in nanodep's own protocol version where none is given. */
  ask(method: string, path: string, content?: object, version?: number): Promise<DepserverAnswer> {
    const headers = version === undefined ? {} : { 'x-server-protocol-version': String(version) };
    return this.#world.depserver.ask(method, `/proxy/${this.depName}${path}`, content, headers);
  }

  async define(profile: object, version?: number): Promise<string> {
    return (await this.ask('POST', '/profile', profile, version)).body.profile_uuid;
  }

  assign(profile: string, devices: readonly string[], version?: number): Promise<DepserverAnswer> {
    return this.ask('PUT', '/profile/devices', { profile_uuid: profile, devices }, version);
  }

  /** One run of depsyncer to the end of sync, and so many pages assigned by it. */
  sync({ limit, assigned = 0 }: { readonly limit?: number; readonly assigned?: number } = {}): Promise<void> {
    return this.#world.sync(
      this.depName,
      limit,
      (output) => SYNCED.test(output) && output.split(ASSIGNED).length > assigned,
    );
  }

  /** One run of depsyncer that Apple lets down. */
  syncInVain(): Promise<void> {
    return this.#world.sync(this.depName, undefined, (output) => BROKEN.test(output));
  }

  /** Lets depsyncer turn round until it has asked so often. */
  syncRoundAndRound(times: number): Promise<void> {
    return this.#world.sync(this.depName, undefined, (output) => output.split('phase=sync').length > times);
  }

  /** Serial numbers of its devices, up to ten thousand. */
  get serials(): readonly string[] {
    const { inventory } = this.#tenant.organization.enrollment;
    const { devices } = inventory.walk(this.#server, 0, 10_000, Number.MAX_SAFE_INTEGER);
    return devices.map((device) => inventory.serialNumber(device));
  }
}
