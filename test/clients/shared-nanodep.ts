import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deviceAt } from '../../src/api/devices.ts';
import type { Tenant } from '../../src/engine/tenant.ts';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import { type CrabappleServer, openServer } from '../../src/server/open-server.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import type { Verdict } from '../../src/verify/verdict.ts';
import { ChildProgram } from './child-program.ts';
import type { IssuedCertificate } from './crabapple-control.ts';
import { Depserver, type DepserverResponse } from './depserver.ts';
import { nanomdm } from './go-push-clients.ts';
import { type NanodepPrograms, nanodepPrograms } from './nanodep-programs.ts';
import type { PushSettings } from './push-client.ts';

/** One unmodified depserver for many organizations, each with a scenario file and DEP names of its own. */
export class SharedNanodep {
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

  static async start(): Promise<SharedNanodep> {
    const programs = nanodepPrograms();
    const storage = mkdtempSync(join(tmpdir(), 'crabapple-nanodep-'));
    const apple = new SimulatedApple();
    const server = await openServer(apple, { port: 0, tlsPort: 0, proxyPort: 0 });
    const depserver = await Depserver.start(programs.depserver, storage);
    return new SharedNanodep(apple, server, depserver, programs, storage);
  }

  /** Adds the organization of a scenario below `scenarios/`. */
  async addOrganization(scenario: string): Promise<NanodepOrganization> {
    const file = `scenarios/${scenario}.yaml`;
    const id = scenario.replaceAll('/', '-');
    const readText = (path: string) => readFile(path, 'utf8');
    const tenant = await this.apple.addScenario(await readText(file), { id, file, readFile: readText });
    return new NanodepOrganization(this, tenant);
  }

  /** Runs depsyncer for one DEP name until its output is complete. */
  async sync(
    depName: string,
    limit: number | undefined,
    isComplete: (output: string) => boolean,
  ): Promise<void> {
    const parameters = ['-storage', 'filekv', '-storage-dsn', this.#storage, '-debug', '-duration', '3600'];
    parameters.push(...(limit === undefined ? [] : ['-limit', String(limit)]), depName);
    const program = new ChildProgram('depsyncer', this.#programs.depsyncer, parameters, {
      withoutVariables: 'NANODEP_',
    });
    try {
      await program.waitFor(async () => (isComplete(program.output) ? true : undefined));
    } finally {
      await program.stop();
    }
  }

  /** Settings of a push client with a push certificate of the organization. */
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
const FAILED = /error syncing/;
const ASSIGNED = /msg=profile assigned/;

export class NanodepOrganization {
  readonly tenant: Tenant;
  readonly #nanodep: SharedNanodep;

  constructor(nanodep: SharedNanodep, tenant: Tenant) {
    this.#nanodep = nanodep;
    this.tenant = tenant;
  }

  /** Sets up a DEP name of nanodep for one MDM server of the organization. */
  async mdm(server = 0): Promise<NanodepMdm> {
    const mdm = new NanodepMdm(this.#nanodep, this.tenant, server);
    await mdm.storeToken();
    return mdm;
  }

  /** @param milliseconds of virtual time */
  advance(milliseconds: number): void {
    this.tenant.organization.runtime.clock.advance(milliseconds);
    this.tenant.organization.runDueTasks();
  }

  /** Pushes to a device with unmodified nanomdm and a push certificate of the organization. */
  async push(serial: string): Promise<void> {
    const { inventory } = this.tenant.organization.enrollment;
    const device = deviceAt(this.tenant.organization, inventory.find(serial)!);
    const session = nanomdm.start({ ...(await this.#nanodep.pushSettings(this.tenant.id)), useProxy: true });
    try {
      const push = { token: String(device.push_token), payload: { mdm: device.push_magic } };
      const { status, error } = await session.send(push);
      if (status !== 200) throw new Error(`the push received ${status}: ${error}`);
    } finally {
      await session.stop();
    }
  }

  get verdicts(): readonly Verdict[] {
    return this.#nanodep.apple.verify(this.tenant.id).suites[0]!.verdicts;
  }
}

export class NanodepMdm {
  readonly depName: string;
  readonly #nanodep: SharedNanodep;
  readonly #tenant: Tenant;
  readonly #server: number;

  constructor(nanodep: SharedNanodep, tenant: Tenant, server: number) {
    this.#nanodep = nanodep;
    this.#tenant = tenant;
    this.#server = server;
    this.depName = `${tenant.id}-${server}`;
  }

  /** Stores the current server token and the base URL in nanodep. */
  async storeToken(): Promise<void> {
    const { organization } = this.#tenant;
    organization.runDueTasks();
    const token = currentToken(organization.enrollment.servers[this.#server]!);
    // nanodep only displays the expiry, but requires a valid time.
    const access_token_expiry = '2099-01-01T00:00:00Z';
    await this.#put(`/v1/tokens/${this.depName}`, { ...token, access_token_expiry });
    await this.#put(`/v1/config/${this.depName}`, { base_url: `${this.#nanodep.server.url}/` });
  }

  /** Like `storeToken`, with a server token encrypted for nanodep's certificate. */
  async exchangeToken(): Promise<void> {
    const { depserver, server } = this.#nanodep;
    const certificate = await depserver.request('GET', `/v1/tokenpki/${this.depName}`);
    const envelope = await fetch(`${server.url}/_crabapple/token?organization=${this.#tenant.id}`, {
      method: 'POST',
      body: certificate.text,
      headers: { 'content-type': 'application/x-pem-file' },
    });
    await this.#put(`/v1/tokenpki/${this.depName}`, await envelope.text());
  }

  /** Makes depsyncer assign the profile to devices that are added. */
  async assignToNewDevices(profile: string): Promise<void> {
    await this.#put(`/v1/assigner/${this.depName}?profile_uuid=${profile}`);
  }

  async #put(path: string, content?: string | object): Promise<void> {
    const response = await this.#nanodep.depserver.request('PUT', path, content);
    if (response.status !== 200) throw new Error(`PUT ${path}: ${response.status} ${response.text}`);
  }

  /** Sends a request to Apple through nanodep's proxy; by default with nanodep's own protocol version. */
  request(method: string, path: string, content?: object, version?: number): Promise<DepserverResponse> {
    const headers = version === undefined ? {} : { 'x-server-protocol-version': String(version) };
    return this.#nanodep.depserver.request(method, `/proxy/${this.depName}${path}`, content, headers);
  }

  async define(profile: object, version?: number): Promise<string> {
    return (await this.request('POST', '/profile', profile, version)).body.profile_uuid;
  }

  assign(profile: string, devices: readonly string[], version?: number): Promise<DepserverResponse> {
    return this.request('PUT', '/profile/devices', { profile_uuid: profile, devices }, version);
  }

  /** Runs depsyncer until sync has finished and `assigned` pages have been assigned. */
  sync({ limit, assigned = 0 }: { readonly limit?: number; readonly assigned?: number } = {}): Promise<void> {
    return this.#nanodep.sync(
      this.depName,
      limit,
      (output) => SYNCED.test(output) && output.split(ASSIGNED).length > assigned,
    );
  }

  /** Runs depsyncer until it logs an error. */
  syncWithError(): Promise<void> {
    return this.#nanodep.sync(this.depName, undefined, (output) => FAILED.test(output));
  }

  /** Runs depsyncer until it has sent more than `times` sync requests. */
  syncCycles(times: number): Promise<void> {
    return this.#nanodep.sync(this.depName, undefined, (output) => output.split('phase=sync').length > times);
  }

  /** Serial numbers of its devices, at most 10,000. */
  get serials(): readonly string[] {
    const { inventory } = this.#tenant.organization.enrollment;
    const { devices } = inventory.walk(this.#server, 0, 10_000, Number.MAX_SAFE_INTEGER);
    return devices.map((device) => inventory.serialNumber(device));
  }
}
