// Type-checks the programs of all pages in one run against the built package, and runs those marked `run`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER = 'build/documents';

const OPTIONS = {
  extends: '../../tsconfig.json',
  compilerOptions: {
    rootDir: '.',
    outDir: 'out',
    allowJs: true,
    checkJs: true,
    incremental: false,
    tsBuildInfoFile: null,
    sourceMap: false,
    // Examples may declare what they do not use.
    noUnusedLocals: false,
    noUnusedParameters: false,
  },
  include: ['pages'],
};

const pageOf = ({ document }) => document.replaceAll(/[^a-z0-9]+/gi, '-');

function fileOf(block) {
  const name = block.words.find((word) => /\.[cm]?[jt]sx?$/.test(word));
  const line = block.place.slice(block.place.lastIndexOf(':') + 1);
  return join('pages', pageOf(block), name ?? `line-${line}.${block.language}`);
}

/** The folder has the package's own `package.json`, so programs import the package by its name. */
export function checkPrograms(blocks, root) {
  const problems = new Map();
  const folder = join(root, FOLDER);
  rmSync(folder, { recursive: true, force: true });
  const byFile = new Map();
  for (const block of blocks) {
    const file = fileOf(block);
    byFile.set(file, block);
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    // Makes it a module without moving its lines.
    writeFileSync(join(folder, file), `${block.text}export {};\n`);
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(OPTIONS));
  const { stdout, status } = spawnSync(
    'node',
    ['node_modules/typescript/bin/tsc', '-p', FOLDER, '--pretty', 'false'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  for (const line of stdout.split('\n')) {
    const [, file, message] = /^(?:build\/documents\/)?(pages\/[^(]+)(\(.*)$/.exec(line) ?? [];
    const block = byFile.get(file);
    if (block !== undefined)
      problems.set(block, `${problems.get(block) ?? 'does not fit the types'}\n   ${message}`);
    else if (line.includes('error TS')) problems.set(blocks[0], `the types cannot be checked: ${line}`);
  }
  if (status !== 0 && problems.size === 0)
    problems.set(blocks[0], `the types cannot be checked: tsc ended with ${status}`);

  for (const [file, block] of byFile) {
    if (!block.words.includes('run') || problems.has(block)) continue;
    try {
      execFileSync('node', [join(FOLDER, 'out', file.replace(/ts$/, 'js'))], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 30_000,
      });
    } catch (error) {
      problems.set(block, `fails: ${error.stderr?.trim() || error.message}`);
    }
  }
  return problems;
}
