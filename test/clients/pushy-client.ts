import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installOrSkip } from './install-or-skip.ts';
import type { PushClient } from './push-client.ts';
import { PushProgram } from './push-program.ts';

const FOLDER = resolve('test/clients/pushy');
const OUTPUT = resolve('build/clients/pushy');
const BOUND = 240_000;

const pinned = readFileSync(join(FOLDER, 'pom.xml'), 'utf8');
const [, version] = /<artifactId>pushy<\/artifactId>\s*<version>(.+?)<\/version>/.exec(pinned)!;
const NAME = `pushy ${version}`;

function hasJava(): boolean {
  try {
    for (const command of ['javac', 'mvn']) execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const classPath = (): string => readFileSync(join(OUTPUT, 'class-path.txt'), 'utf8').trim();

/** Made anew when the pins or the program change. */
function build(): void {
  const mark = join(OUTPUT, 'built.txt');
  const source = pinned + readFileSync(join(FOLDER, 'Push.java'), 'utf8');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === source) return;
  mkdirSync(OUTPUT, { recursive: true });
  const run = (command: string, parameters: readonly string[]) =>
    execFileSync(command, parameters, { cwd: FOLDER, stdio: 'pipe', timeout: BOUND });
  const file = `-Dmdep.outputFile=${join(OUTPUT, 'class-path.txt')}`;
  run('mvn', ['--quiet', '--batch-mode', 'dependency:build-classpath', file]);
  run('javac', ['-cp', classPath(), '-d', OUTPUT, 'Push.java']);
  writeFileSync(mark, source);
}

/** It offers no ALPN unless told to, and takes the first SETTINGS for ready. */
export const pushy: PushClient = {
  name: NAME,
  sets: ['topic', 'pushType', 'collapseId'],
  failures: {
    goaway: undefined,
    refusedCertificate: undefined,
    closed: /Exception/,
    alertExpired: /Exception/,
    alertInternalError: /Exception/,
  },
  prepare(context) {
    if (!hasJava()) {
      console.log(`${NAME}: SKIPPED, Java and Maven are not installed`);
      context.skip();
    }
    installOrSkip(context, NAME, build);
  },
  start: (settings) =>
    new PushProgram(NAME, 'java', ['-cp', `${classPath()}:${OUTPUT}`, 'Push', JSON.stringify(settings)]),
};
