import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ChildProgram, type ProgramEnd } from './child-program.ts';
import { CrabappleControl } from './crabapple-control.ts';

const COMMAND = resolve('build/src/cli/main.js');

/** `crabapple serve` as a program of its own, as a vendor runs it. */
export class CrabappleServer {
  readonly url: string;
  readonly control: CrabappleControl;
  /** Of this server alone; goes when it stops. */
  readonly folder: string;
  readonly #program: ChildProgram;

  private constructor(url: string, folder: string, program: ChildProgram) {
    this.url = url;
    this.control = new CrabappleControl(url);
    this.folder = folder;
    this.#program = program;
  }

  /** @param scenario text of a scenario file */
  static async start(scenario: string): Promise<CrabappleServer> {
    const folder = mkdtempSync(join(tmpdir(), 'crabapple-clients-'));
    const file = join(folder, 'scenario.yaml');
    const readyFile = join(folder, 'ready.json');
    writeFileSync(file, scenario);
    const parameters = [COMMAND, 'serve', file, '--port', '0', '--ready-file', readyFile];
    const program = new ChildProgram('crabapple serve', process.execPath, parameters, {
      withoutVariables: 'CRABAPPLE_',
    });
    try {
      const url = await program.ready(async () => urlWithin(readyFile));
      return new CrabappleServer(url, folder, program);
    } catch (error) {
      await program.stop();
      rmSync(folder, { recursive: true });
      throw error;
    }
  }

  get output(): string {
    return this.#program.output;
  }

  async stop(): Promise<ProgramEnd> {
    const end = await this.#program.stop();
    rmSync(this.folder, { recursive: true });
    return end;
  }
}

/** A file that is still being written counts as none. */
function urlWithin(readyFile: string): string | undefined {
  if (!existsSync(readyFile)) return undefined;
  try {
    return (JSON.parse(readFileSync(readyFile, 'utf8')) as { url: string }).url;
  } catch {
    return undefined;
  }
}
