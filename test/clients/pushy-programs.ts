import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const FOLDER = resolve('test/clients/pushy');
const OUTPUT = resolve('build/clients/pushy');
const TIMEOUT = 240_000;

const pinned = readFileSync(join(FOLDER, 'pom.xml'), 'utf8');
const [, version] = /<artifactId>pushy<\/artifactId>\s*<version>(.+?)<\/version>/.exec(pinned)!;

/** Name and pinned version of the library. */
export const PUSHY = `pushy ${version}`;

export function hasJava(): boolean {
  try {
    for (const command of ['javac', 'mvn']) execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Compiles a program that uses pushy, again if pom.xml or the program has changed.
 *
 * @param source file of the program's only class
 */
export function compileWithPushy(source: string): void {
  const stamp = join(OUTPUT, `${basename(source)}.built`);
  const text = pinned + readFileSync(source, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === text) return;
  mkdirSync(OUTPUT, { recursive: true });
  const run = (command: string, parameters: readonly string[]) =>
    execFileSync(command, parameters, { cwd: FOLDER, stdio: 'pipe', timeout: TIMEOUT });
  const file = `-Dmdep.outputFile=${join(OUTPUT, 'class-path.txt')}`;
  run('mvn', ['--quiet', '--batch-mode', 'dependency:build-classpath', file]);
  run('javac', ['-cp', classPath(), '-d', OUTPUT, resolve(source)]);
  writeFileSync(stamp, text);
}

const classPath = (): string => readFileSync(join(OUTPUT, 'class-path.txt'), 'utf8').trim();

/** Arguments of `java` that run a compiled program. */
export const pushyArguments = (program: string, parameters: readonly string[]): readonly string[] => [
  '-cp',
  `${classPath()}:${OUTPUT}`,
  program,
  ...parameters,
];
