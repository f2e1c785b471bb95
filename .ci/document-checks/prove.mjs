// Tests the checks: each kind of block and of link is checked once with a mistake that must be found.
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkScenarios, jsonProblem, pipelineProblem } from './data.mjs';
import { blocksOf } from './documents.mjs';
import { kindOf, testProblem } from './kinds.mjs';
import { linkProblem } from './links.mjs';
import { outputProblem } from './output.mjs';
import { checkPrograms } from './programs.mjs';
import { Shell } from './shell.mjs';

const blockOf = (information, text, before = '') =>
  blocksOf('README.md', `${before}\n\`\`\`${information}\n${text}\n\`\`\`\n`)[0];

/** A block, and the problem that must be found in it. */
const KINDS = [
  ['an unknown language', blockOf('cobol', 'x')],
  ['no language', blockOf('', 'x')],
  ['text that is neither output nor explained', blockOf('text', 'x')],
  ['a console that is not explained', blockOf('console', '$ x')],
  ['a word too many', blockOf('sh serve twice', 'x')],
  ['commands that say that they are not run', blockOf('sh', 'x', '<!-- not run: no time -->')],
  ['a block that never ends', blocksOf('README.md', '```sh\nx\n')[0]],
];
const KNOWN = new Set([
  kindOf(blockOf('sh', 'x')),
  kindOf(blockOf('yaml', 'x')),
  kindOf(blockOf('json', 'x')),
]);

const LINKS = [
  ['README.md', 'docs/not-there.md'],
  ['README.md', 'docs/faults.md#not-there'],
  ['README.md', '../elsewhere.md'],
  ['README.md', 'http://example.com/'],
  ['README.md', 'https://mdmenrollment.apple.com/account'],
];

const missed = [];
const must = (what, problem) => {
  if (problem === undefined) missed.push(what);
};

for (const [what, block] of KINDS) must(what, /^(is|has|never) /.test(kindOf(block)) ? 'found' : undefined);
if (KNOWN.size !== 3) missed.push('kinds that are the same');
for (const [document, href] of LINKS) must(`a link to ${href}`, linkProblem(document, href));
must('a test that is not there', testProblem(blockOf('go', 'x', '<!-- run by: test/none.ts -->')));
must('a test that does not read the page', testProblem(blockOf('go', 'x', '<!-- run by: package.json -->')));
must('an output that was not written', outputProblem('one\n…\nthree', 'one\ntwo\n'));
must('JSON with a comma too many', jsonProblem(blockOf('json', '{"a": 1,}')));
must('a service without image', pipelineProblem('compose file', blockOf('yaml', 'services: { a: {} }')));
must(
  'a workflow without steps',
  pipelineProblem('GitHub workflow', blockOf('yaml', 'on: push\njobs: { a: {} }')),
);
must(
  'a script that bash does not take',
  pipelineProblem('GitLab pipeline', blockOf('yaml', 'a: { script: ["if true"] }')),
);
must('commands that fail', (await new Shell('.').run('exit 3')).problem);

// These need the built package; without it, the blocks themselves fail.
if (existsSync('dist/bin/crabapple.js')) {
  const folder = mkdtempSync(join(tmpdir(), 'crabapple-prove-'));
  for (const name of ['dist', 'node_modules', 'package.json', 'tsconfig.json'])
    symlinkSync(join(process.cwd(), name), join(folder, name));
  try {
    const wrong = [
      blockOf('yaml', 'name: a\nfalts: []'),
      blockOf('json fault', '{"on": "dep.sesion"}'),
      blockOf('ts', "import { listen } from 'crabapple/server';\nawait listen('no apple');"),
      blockOf('ts run', "throw new Error('on purpose');"),
    ];
    wrong.forEach((block, index) => {
      block.place = `README.md:${index + 1}`;
    });
    const found = new Map([
      ...checkScenarios(wrong.slice(0, 2), folder),
      ...checkPrograms(wrong.slice(2), folder),
    ]);
    for (const block of wrong) must(`${block.language} ${block.words}: ${block.text}`, found.get(block));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const what of missed) process.stdout.write(`failed: the checks of the documents do not see ${what}\n`);
if (missed.length > 0) process.exitCode = 1;
else process.stdout.write('the checks of the documents see what they must see\n');
