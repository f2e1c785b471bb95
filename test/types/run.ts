import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The published declarations under each line of the compiler that users have, and each way of resolving modules: the
 * cases hold, and without their `@ts-expect-error` each of those lines, and no other, is an error.
 */

const CASES = 'test/types/cases';
const BARE = 'build/types-without-expectations';
const FORMER = 'test/types/compilers/node_modules';

const COMPILERS: readonly string[] = [
  `${FORMER}/typescript-5.9/bin/tsc`,
  `${FORMER}/typescript-6/bin/tsc`,
  'node_modules/typescript/bin/tsc',
];
const RESOLUTIONS: readonly string[] = ['nodenext', 'bundler'];
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

/** The cases with each expectation taken for a comment like others. @returns the lines that must be errors */
function withoutExpectations(): readonly string[] {
  rmSync(BARE, { recursive: true, force: true });
  mkdirSync(BARE, { recursive: true });
  const expected: string[] = [];
  for (const file of readdirSync(CASES)) {
    if (!file.endsWith('.ts')) {
      copyFileSync(join(CASES, file), join(BARE, file));
      continue;
    }
    const lines = readFileSync(join(CASES, file), 'utf8').split('\n');
    lines.forEach((line, index) => {
      if (line.trimStart().startsWith(EXPECTED)) expected.push(`${file}:${index + 2}`);
    });
    writeFileSync(join(BARE, file), lines.join('\n').replaceAll(EXPECTED, '// expected error:'));
  }
  return expected.sort();
}

/** Where the errors are. Paths as one compiler or another shows them: from here, or from the project. */
const errorsIn = (output: string): readonly string[] =>
  [
    ...new Set(
      [...output.matchAll(/([\w-]+\.ts)\((\d+),\d+\): error/g)].map(([, file, line]) => `${file}:${line}`),
    ),
  ].sort();

const expected = withoutExpectations();
let failed = 0;
for (const compiler of COMPILERS) {
  const { stdout } = spawnSync(process.execPath, [compiler, '--version'], { encoding: 'utf8' });
  const name = `TypeScript ${stdout.replace('Version', '').trim()}`;
  for (const resolution of RESOLUTIONS) {
    const { status, output } = compile(compiler, join(CASES, `${resolution}.json`));
    const bare = errorsIn(compile(compiler, join(BARE, `${resolution}.json`)).output);
    const missed = expected.filter((line) => !bare.includes(line));
    const stray = bare.filter((line) => !expected.includes(line));
    const good = status === 0 && missed.length === 0 && stray.length === 0;
    process.stdout.write(
      `${good ? 'good' : 'BAD '} ${name} ${resolution}: ${bare.length} of ${expected.length} errors\n`,
    );
    if (good) continue;
    failed += 1;
    process.stdout.write(`${output}${missed.map((line) => `no error at ${line}\n`).join('')}`);
    process.stdout.write(stray.map((line) => `an error at ${line} that nobody expects\n`).join(''));
  }
}
process.exitCode = failed === 0 ? 0 : 1;
