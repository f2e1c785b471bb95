// Checks every fenced block of README, CONTRIBUTING and docs/ by its kind.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkScenarios, jsonProblem, pipelineProblem } from './data.mjs';
import { blocksOf, documents } from './documents.mjs';
import { kindOf, testProblem } from './kinds.mjs';
import { outputProblem } from './output.mjs';
import { checkPrograms } from './programs.mjs';
import { Shell } from './shell.mjs';

const RUN_ALREADY = process.env.RUN_ALREADY ?? '';

const counts = new Map();
const problems = [];
const found = (block, problem) => {
  if (problem === undefined) return;
  problems.push(`${block.place} ${problem}`);
  process.stdout.write(`-- failed: ${block.place} ${problem}\n`);
};

const pages = documents().map((document) =>
  blocksOf(document).map((block) => ({ block, kind: kindOf(block) })),
);
const all = pages.flat();
const of = (...kinds) => all.filter(({ kind }) => kinds.includes(kind)).map(({ block }) => block);

/** Checks that need neither the clone nor the build. */
function checkByItself({ block, kind }) {
  switch (kind) {
    case 'run by a test':
      return testProblem(block);
    case 'JSON':
      return jsonProblem(block);
    case 'compose file':
    case 'GitHub workflow':
    case 'GitLab pipeline':
      return pipelineProblem(kind, block);
    case 'commands':
    case 'server':
    case 'output':
    case 'scenario':
    case 'declaration':
    case 'part of a scenario':
    case 'program that is run':
    case 'program that is type-checked':
    case 'not run, and says why':
      return undefined;
    default:
      return kind;
  }
}

async function runPage(page, shell) {
  let output = '';
  for (const { block, kind } of page) {
    if (kind === 'output') found(block, outputProblem(block.text, output));
    if (kind !== 'commands' && kind !== 'server') continue;
    process.stdout.write(`-- ${block.place} ${kind}\n${block.text}`);
    if (block.text.trim() === RUN_ALREADY) {
      process.stdout.write('-- was run already\n');
    } else if (kind === 'server') {
      found(block, await shell.serve(block.text));
    } else {
      const done = await shell.run(block.text);
      output = done.output;
      found(block, done.problem);
    }
  }
  await shell.stop();
}

const folder = mkdtempSync(join(tmpdir(), 'crabapple-documents-'));
const clone = join(folder, 'crabapple');
const shell = new Shell(clone);
try {
  for (const each of all) {
    counts.set(each.kind, (counts.get(each.kind) ?? 0) + 1);
    found(each.block, checkByItself(each));
  }
  execFileSync('git', ['clone', '--quiet', process.cwd(), clone]);
  for (const page of pages) await runPage(page, shell);
  for (const [block, problem] of checkScenarios(of('scenario', 'declaration', 'part of a scenario'), clone))
    found(block, problem);
  const programs = checkPrograms(of('program that is run', 'program that is type-checked'), clone);
  for (const [block, problem] of programs) found(block, problem);
} finally {
  await shell.stop();
  rmSync(folder, { recursive: true, force: true });
}

process.stdout.write('\n');
for (const [kind, count] of [...counts].sort())
  process.stdout.write(`${String(count).padStart(4)} ${kind}\n`);
for (const problem of problems) process.stdout.write(`failed: ${problem}\n`);
process.stdout.write(
  `blocks of the documents: ${all.length - problems.length} passed, ${problems.length} failed\n`,
);
process.exitCode = problems.length === 0 && all.length > 0 ? 0 : 1;
