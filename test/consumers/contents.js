// Checks the content of the tarball: `node contents.js PACKAGE TARBALL`.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const [folder, tarball] = process.argv.slice(2);
/** Files of the repository that are not packed. */
const OF_REPOSITORY = /^(?:examples\/|Dockerfile$|compose\.yaml$)/;
const LARGEST = 1_800_000;

const problems = [];
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));

for (const file of files) {
  if (/(?:^|\/)(?:test|bench|build)\/|\.test\.|\.map$|(?<!\.d)\.ts$|\.tsbuildinfo$/.test(file)) {
    problems.push(`${file} must not be packed`);
  }
  if (!/\.(?:js|ts)$/.test(file)) continue;
  if (/^\/\/# sourceMappingURL=/m.test(readFileSync(join(folder, file), 'utf8'))) {
    problems.push(`${file} refers to a missing source map`);
  }
}

for (const document of files.filter((file) => /^[^/]+\.md$/.test(file))) {
  const links = readFileSync(join(folder, document), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g);
  for (const [, link] of links) {
    if (!OF_REPOSITORY.test(link) && !existsSync(join(folder, link)))
      problems.push(`${document} links to ${link}, which is not packed`);
  }
}

const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];
const { scripts = {}, peerDependencies = {} } = JSON.parse(
  readFileSync(join(folder, 'package.json'), 'utf8'),
);
for (const name of INSTALL_SCRIPTS.filter((name) => name in scripts))
  problems.push(`npm warns of the script ${name} when the tarball is installed`);

// npm 10, which comes with Node 20 and 22, fails wherever it meets the peers of Vitest, be it an optional peer itself:
// https://github.com/npm/cli/issues/9787. pnpm and Yarn read `peerDependenciesMeta` without `peerDependencies`; npm ignores it.
if ('vitest' in peerDependencies) problems.push('npm 10 cannot install a package that has Vitest for a peer');

const { size } = statSync(tarball);
if (size > LARGEST) problems.push(`the tarball has ${size} bytes, more than ${LARGEST}`);

if (problems.length > 0) throw new Error(problems.join('\n'));
const unpacked = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
console.log(
  `${files.length} files, ${(size / 1e6).toFixed(2)} MB packed, ${(unpacked / 1e6).toFixed(2)} MB unpacked`,
);
