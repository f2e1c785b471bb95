import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SOURCES = resolve('test/testing/projects');
const SHARED = ['scenario.yaml', 'read.js', 'send.js'];

/** Below the folder of this project, so that Node finds the test runners. */
const PROJECTS = resolve('build/projects');

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project with this package and a test runner installed. */
export class Project {
  readonly folder: string;
  readonly #words = new Map<string, Promise<string>>();

  /** @param name of the folder with its files */
  constructor(name: string) {
    mkdirSync(PROJECTS, { recursive: true });
    this.folder = mkdtempSync(join(PROJECTS, `${name}-`));
    cpSync(join(SOURCES, name), this.folder, { recursive: true });
    for (const file of SHARED) cpSync(join(SOURCES, file), join(this.folder, file));
    this.write('package.json', '{ "type": "module" }');
    // Otherwise mocha would use the settings of the parent project.
    this.write('.mocharc.json', '{}');
    const installed = join(this.folder, 'node_modules/crabapple');
    cpSync('package.json', join(installed, 'package.json'));
    cpSync('build/src', join(installed, 'dist'), { recursive: true });
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  /** Runs a program of Node in the folder of the project. */
  run(program: string, ...parameters: readonly string[]): Promise<Ended> {
    const env = Object.fromEntries(
      Object.entries(process.env).filter(
        ([name]) => !/^(?:CI$|GITHUB_|CRABAPPLE_|VITEST|MOCHA|NODE_ENV$|FORCE_COLOR$)/.test(name),
      ),
    );
    return new Promise((ended) => {
      execFile(
        process.execPath,
        [resolve(program), ...parameters],
        { cwd: this.folder, env: { ...env, NO_COLOR: '1' } },
        (error, stdout, stderr) => {
          ended({ code: error === null ? 0 : Number(error.code), stdout, stderr });
        },
      );
    });
  }

  /** The report of `crabapple exec` after these requests. */
  words(...requests: readonly string[]): Promise<string> {
    const key = requests.join(' ');
    const known = this.#words.get(key) ?? this.#exec(requests);
    this.#words.set(key, known);
    return known;
  }

  async #exec(requests: readonly string[]): Promise<string> {
    const command = [process.execPath, 'send.js', ...requests];
    const ended = await this.run('build/src/cli/main.js', 'exec', 'scenario.yaml', '--', ...command);
    return ended.stderr.slice(ended.stderr.indexOf('Orchard (')).trim();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Replaces journal numbers, which count all requests of the server. */
export const withoutNumbers = (text: string): string => text.replace(/#\d+/g, '#…');
