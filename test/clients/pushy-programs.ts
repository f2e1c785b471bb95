import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const FOLDER = resolve('test/clients/pushy');
const OUTPUT = resolve('build/clients/pushy');
const BOUND = 240_000;

const pinned = readFileSync(join(FOLDER, 'pom.xml'), 'utf8');
const [, version] = /<artifactId>pushy<\/artifactId>\s*<version>(.+?)<\/version>/.exec(pinned)!;

/** The library, in the version that its pom.xml pins. */
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
 * Compiles a program that uses pushy; made anew when the pins or the program change.
 *
 * @param source file of its one class
 */
export function compileWithPushy(source: string): void {
  const mark = join(OUTPUT, `${basename(source)}.built`);
  const text = pinned + readFileSync(source, 'utf8');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === text) return;
  mkdirSync(OUTPUT, { recursive: true });
  const run = (command: string, parameters: readonly string[]) =>
    execFileSync(command, parameters, { cwd: FOLDER, stdio: 'pipe', timeout: BOUND });
  const file = `-Dmdep.outputFile=${join(OUTPUT, 'class-path.txt')}`;
  run('mvn', ['--quiet', '--batch-mode', 'dependency:build-classpath', file]);
  run('javac', ['-cp', classPath(), '-d', OUTPUT, resolve(source)]);
  writeFileSync(mark, text);
}

const classPath = (): string => readFileSync(join(OUTPUT, 'class-path.txt'), 'utf8').trim();

/** Arguments of `java` that run the class of a compiled program. */
export const runningWithPushy = (program: string, parameters: readonly string[]): readonly string[] => [
  '-cp',
  `${classPath()}:${OUTPUT}`,
  program,
  ...parameters,
];
