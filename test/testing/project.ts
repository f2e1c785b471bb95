import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SOURCES = resolve('test/testing/projects');
const SHARED = ['scenario.yaml', 'read.js', 'asking.js'];

/** Below our own folder, so that the test runners are found from there. */
const PROJECTS = resolve('build/projects');

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project of somebody who has this package among the installed ones, and a test runner. */
export class Project {
  readonly folder: string;
  readonly #words = new Map<string, Promise<string>>();

  /** @param name of the folder whose files it has */
  constructor(name: string) {
    mkdirSync(PROJECTS, { recursive: true });
    this.folder = mkdtempSync(join(PROJECTS, `${name}-`));
    cpSync(join(SOURCES, name), this.folder, { recursive: true });
    for (const file of SHARED) cpSync(join(SOURCES, file), join(this.folder, file));
    this.write('package.json', '{ "type": "module" }');
    // Our own, with its own settings of mocha, is above.
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

  /** What the command line says of the scenario of all projects, when the system under test asks for these. */
  words(...asked: readonly string[]): Promise<string> {
    const key = asked.join(' ');
    const known = this.#words.get(key) ?? this.#say(asked);
    this.#words.set(key, known);
    return known;
  }

  async #say(asked: readonly string[]): Promise<string> {
    const command = [process.execPath, 'asking.js', ...asked];
    const ended = await this.run('build/src/cli/main.js', 'exec', 'scenario.yaml', '--', ...command);
    return ended.stderr.slice(ended.stderr.indexOf('Orchard (')).trim();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Numbers of the journal are of the whole server. */
export const withoutNumbers = (text: string): string => text.replace(/#\d+/g, '#…');
