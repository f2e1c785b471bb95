import { resolve } from 'node:path';
import { DEPSIM_CREDENTIALS } from '../../src/organization/enrollment/mdm-server.ts';
import { freePort } from '../../test/clients/ports.ts';
import { ServerProgram } from './server-program.ts';
import { openSession, type ServerToken, sessionAuthorization } from './session.ts';
import { TemporaryFolder } from './temporary-folder.ts';

/** The published command, bundled. */
const COMMAND = resolve('dist/bin/crabapple.js');

/** Part of every scenario here: the first request can be signed before the server starts. */
const SERVER_TOKEN: ServerToken = {
  consumer_key: 'CK_bench',
  consumer_secret: 'CS_bench',
  access_token: 'AT_bench',
  access_secret: 'AS_bench',
};

/** Credentials of the default scenario. */
const DEFAULT_TOKEN: ServerToken = DEPSIM_CREDENTIALS;

const RESIDENT = /^process_resident_memory_bytes (\d+)$/m;

/** `crabapple serve` with a scenario and without a log, as in a load test. */
export class Crabapple {
  readonly url: string;
  readonly startedIn: number;
  readonly #program: ServerProgram;
  readonly #token: ServerToken;

  private constructor(program: ServerProgram, token: ServerToken) {
    this.url = program.url;
    this.startedIn = program.startedIn;
    this.#program = program;
    this.#token = token;
  }

  /** With the default scenario. */
  static serveDefault(): Promise<Crabapple> {
    return Crabapple.#start([], DEFAULT_TOKEN);
  }

  static async serve(scenario: Readonly<Record<string, unknown>>): Promise<Crabapple> {
    using folder = new TemporaryFolder();
    const file = folder.write('scenario.json', JSON.stringify(withServer(scenario)));
    return await Crabapple.#start([file], SERVER_TOKEN);
  }

  static async #start(files: readonly string[], token: ServerToken): Promise<Crabapple> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const program = await ServerProgram.start({
      name: 'crabapple serve',
      parameters: [COMMAND, 'serve', ...files, '--port', String(port), '--tls-port', '0'],
      port,
      firstRequest: () => ({
        path: '/session',
        headers: { authorization: sessionAuthorization(url, token), 'user-agent': 'bench' },
      }),
    });
    return new Crabapple(program, token);
  }

  session(): Promise<Record<string, string>> {
    return openSession(this.url, this.#token);
  }

  /** Calls the control API. */
  async control<Content>(path: string): Promise<Content> {
    const response = await fetch(`${this.url}/_crabapple/${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Content;
  }

  async tlsUrl(): Promise<string> {
    return (await this.control<{ CRABAPPLE_TLS_URL: string }>('env')).CRABAPPLE_TLS_URL;
  }

  /** Resident memory of the server now, in MB (10^6 bytes). */
  async memory(): Promise<number> {
    const text = await (await fetch(`${this.url}/_crabapple/metrics`)).text();
    const bytes = RESIDENT.exec(text)?.[1];
    if (bytes === undefined) throw new Error('the server does not report its memory');
    return Number(bytes) / 1e6;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
  }
}

const withServer = (scenario: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  name: 'bench',
  seed: 1,
  mdm_servers: [
    {
      server_name: 'Bench MDM',
      server_token: { ...SERVER_TOKEN, access_token_expiry: '2099-01-01T00:00:00Z' },
    },
  ],
  ...scenario,
});
