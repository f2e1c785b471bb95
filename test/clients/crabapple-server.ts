import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ChildProgram, type ProgramExit } from './child-program.ts';
import { CrabappleControl } from './crabapple-control.ts';

const COMMAND = resolve('build/src/cli/main.js');

interface Addresses {
  readonly pid: number;
  readonly url: string;
  readonly tlsUrl: string;
  readonly proxyUrl: string;
  readonly caFile: string;
}

interface StartOptions {
  readonly tlsPort?: string;
  /** Discards the log, which is long under load. */
  readonly quiet?: boolean;
}

/** `crabapple serve` as a child process, as a vendor runs it. */
export class CrabappleServer {
  readonly pid: number;
  readonly url: string;
  readonly tlsUrl: string;
  readonly proxyUrl: string;
  /** The authority to trust on the TLS port. */
  readonly caFile: string;
  readonly control: CrabappleControl;
  /** A folder of this server alone; deleted when it stops. */
  readonly folder: string;
  readonly #program: ChildProgram;

  private constructor(addresses: Addresses, folder: string, program: ChildProgram) {
    this.pid = addresses.pid;
    this.url = addresses.url;
    this.tlsUrl = addresses.tlsUrl;
    this.proxyUrl = addresses.proxyUrl;
    this.caFile = addresses.caFile;
    this.control = new CrabappleControl(addresses.url);
    this.folder = folder;
    this.#program = program;
  }

  /** @param scenario text of a scenario file */
  static async start(
    scenario: string,
    { tlsPort = '0', quiet = false }: StartOptions = {},
  ): Promise<CrabappleServer> {
    const folder = mkdtempSync(join(tmpdir(), 'crabapple-clients-'));
    const file = join(folder, 'scenario.yaml');
    const readyFile = join(folder, 'ready.json');
    writeFileSync(file, scenario);
    const ports = ['--port', '0', '--tls-port', tlsPort, '--proxy-port', '0'];
    const parameters = [COMMAND, 'serve', file, ...ports, '--ready-file', readyFile];
    const program = new ChildProgram('crabapple serve', process.execPath, parameters, {
      withoutVariables: 'CRABAPPLE_',
      quiet,
    });
    try {
      const addresses = await program.waitFor(async () => readAddresses(readyFile));
      return new CrabappleServer(addresses, folder, program);
    } catch (error) {
      await program.stop();
      rmSync(folder, { recursive: true });
      throw error;
    }
  }

  get output(): string {
    return this.#program.output;
  }

  /** Waits until the log matches. */
  async waitForLog(text: RegExp): Promise<void> {
    await this.#program.waitFor(async () => (text.test(this.output) ? true : undefined));
  }

  async stop(): Promise<ProgramExit> {
    const exit = await this.#program.stop();
    rmSync(this.folder, { recursive: true });
    return exit;
  }
}

/** Undefined while the file is missing or incomplete. */
function readAddresses(readyFile: string): Addresses | undefined {
  if (!existsSync(readyFile)) return undefined;
  try {
    return JSON.parse(readFileSync(readyFile, 'utf8')) as Addresses;
  } catch {
    return undefined;
  }
}
