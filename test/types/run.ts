import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The published declarations under each line of the compiler that users have, and each way of resolving modules: the
 * cases hold, and without their `@ts-expect-error` each of those lines, and no other, is an error.
 */

interface Suite {
  readonly cases: string;
  /** Ways of module resolution; each has a file with compiler options next to the cases. */
  readonly resolutions: readonly string[];
}

const SUITES: readonly Suite[] = [
  { cases: 'test/types/cases', resolutions: ['nodenext', 'bundler'] },
  // The types of the test frameworks need `nodenext`.
  { cases: 'test/types/fixtures', resolutions: ['nodenext'] },
];
const BARE = 'build/types-without-expectations';
const FORMER = 'test/types/compilers/node_modules';

const COMPILERS: readonly string[] = [
  `${FORMER}/typescript-5.9/bin/tsc`,
  `${FORMER}/typescript-6/bin/tsc`,
  'node_modules/typescript/bin/tsc',
];
const EXPECTED = '// @ts-expect-error';

function compile(
  compiler: string,
  project: string,
): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, '-p', project], {
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}` };
}

/** Copies the cases without the effect of their expectations. @returns the lines that must be errors */
function withoutExpectations(cases: string): readonly string[] {
  rmSync(BARE, { recursive: true, force: true });
  mkdirSync(BARE, { recursive: true });
  const expected: string[] = [];
  for (const file of readdirSync(cases)) {
    if (!file.endsWith('.ts')) {
      copyFileSync(join(cases, file), join(BARE, file));
      continue;
    }
    const lines = readFileSync(join(cases, file), 'utf8').split('\n');
    lines.forEach((line, index) => {
      if (line.trimStart().startsWith(EXPECTED)) expected.push(`${file}:${index + 2}`);
    });
    writeFileSync(join(BARE, file), lines.join('\n').replaceAll(EXPECTED, '// expected error:'));
  }
  return expected.sort();
}

/** The lines with errors. Compilers print paths relative to the working directory or to the project. */
const errorsIn = (output: string): readonly string[] =>
  [
    ...new Set(
      [...output.matchAll(/([\w-]+\.ts)\((\d+),\d+\): error/g)].map(([, file, line]) => `${file}:${line}`),
    ),
  ].sort();

function nameOf(compiler: string): string {
  const { stdout } = spawnSync(process.execPath, [compiler, '--version'], { encoding: 'utf8' });
  return `TypeScript ${stdout.replace('Version', '').trim()}`;
}

/** @returns the number of failed combinations */
function failuresOf({ cases, resolutions }: Suite): number {
  const expected = withoutExpectations(cases);
  let failed = 0;
  const combinations = COMPILERS.flatMap((compiler) =>
    resolutions.map((resolution) => ({ compiler, resolution })),
  );
  for (const { compiler, resolution } of combinations) {
    const { status, output } = compile(compiler, join(cases, `${resolution}.json`));
    const bare = errorsIn(compile(compiler, join(BARE, `${resolution}.json`)).output);
    const missed = expected.filter((line) => !bare.includes(line));
    const stray = bare.filter((line) => !expected.includes(line));
    const good = status === 0 && missed.length === 0 && stray.length === 0;
    process.stdout.write(
      `${good ? 'good' : 'BAD '} ${cases} ${nameOf(compiler)} ${resolution}: ${bare.length} of ${expected.length} errors\n`,
    );
    if (good) continue;
    failed += 1;
    process.stdout.write(`${output}${missed.map((line) => `a missing error at ${line}\n`).join('')}`);
    process.stdout.write(stray.map((line) => `an unexpected error at ${line}\n`).join(''));
  }
  return failed;
}

process.exitCode = SUITES.some((suite) => failuresOf(suite) > 0) ? 1 : 0;
