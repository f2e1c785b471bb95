import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Recipe, recipesOf } from './recipes.ts';

const RECIPES = recipesOf('docs/testing.md');
const TARBALL = resolve('build/packed/crabapple.tgz');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Adds a request that the scenario forbids. */
const FORBIDDEN_REQUEST = [
  'CRABAPPLE_CONTENT_TOKEN }) {',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is part of a program
  '$&\n  await fetch(`${CRABAPPLE_URL}/mdm/v2/users`, { headers: { authorization: `Bearer ${CRABAPPLE_CONTENT_TOKEN}` } });',
] as const;

const TYPESCRIPT = resolve('node_modules/typescript/bin/tsc');
const TYPES = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable', 'esnext.disposable'],
    module: 'nodenext',
    allowJs: true,
    types: ['node'],
  },
};

interface Run {
  readonly code: number;
  readonly output: string;
}

describe('the recipes for test frameworks', function () {
  this.timeout(120_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'crabapple-recipes-'));
    if (!existsSync(TARBALL)) throw new Error(`${TARBALL} does not exist; run .ci/packed first`);
    for (const file of ['package.json', 'package-lock.json'])
      copyFileSync(join('test/recipes', file), join(folder, file));
    const npm = (...parameters: readonly string[]): void => {
      execFileSync('npm', [...parameters, '--silent', '--ignore-scripts', '--no-fund', '--no-audit'], {
        cwd: folder,
      });
    };
    npm('ci');
    npm('install', '--no-save', TARBALL);
  });
  after(() => rmSync(folder, { recursive: true }));

  function prepare({ name, files }: Recipe): string {
    const project = join(folder, name);
    mkdirSync(project);
    symlinkSync('../node_modules', join(project, 'node_modules'));
    writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
    for (const [file, text] of files) writeFileSync(join(project, file), text);
    return project;
  }

  function run(project: string, command: string): Promise<Run> {
    const variables = Object.entries(process.env).filter(
      ([name]) => !/^(?:CRABAPPLE_|NODE_|MOCHA|FORCE_COLOR)/.test(name),
    );
    const env = { ...Object.fromEntries(variables), NO_COLOR: '1', CHROMIUM };
    return new Promise((done) => {
      execFile('bash', ['-euc', command], { cwd: project, env }, (error, stdout, stderr) =>
        done({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
      );
    });
  }

  it('cover Vitest, Mocha, MSW, Jest, Playwright and Node', () => {
    assert.deepEqual(
      RECIPES.map(({ name }) => name),
      ['vitest', 'mocha', 'msw', 'jest', 'playwright', 'node'],
    );
  });

  for (const recipe of RECIPES) {
    const { name, command, files } = recipe;
    describe(name, () => {
      let project: string;

      before(function () {
        if (name === 'playwright' && !existsSync(CHROMIUM)) {
          console.log(
            `recipes: ${name} SKIPPED, ${CHROMIUM} does not exist; set CHROMIUM to the path of Chromium`,
          );
          this.skip();
        }
        project = prepare(recipe);
      });

      if ([...files.keys()].some((file) => file.endsWith('.ts'))) {
        it('passes the type check', async () => {
          writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(TYPES));
          const { output } = await run(project, `'${process.execPath}' '${TYPESCRIPT}' --project .`);
          rmSync(join(project, 'tsconfig.json'));
          assert.equal(output, '');
        });
      }

      it('passes with a system that meets all expectations', async () => {
        const { code, output } = await run(project, command);
        assert.equal(code, 0, output);
      });

      it('fails with a forbidden request, and shows the report of the command line', async () => {
        const admin = files.get('admin.js')!;
        writeFileSync(join(project, 'admin.js'), admin.replace(...FORBIDDEN_REQUEST));
        const { code, output } = await run(project, command);
        assert.notEqual(code, 0, output);
        assert.match(
          output,
          /Orchard(?: \(scenario\.yaml\))?: 2 requests[\s\S]*✓ apps are read[\s\S]*✗ never vpp\.users[\s\S]*but +vpp\.users was sent once/,
        );
      });
    });
  }
});
