// Uses the packed package like any other project: `node test/consumers/run.js TARBALL`. Each folder here with a tarball among
// its dependencies is a project of its own; all of them run under every Node version of `nodes`.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODES } from './nodes/nodes.js';

const HERE = dirname(fileURLToPath(import.meta.url));
const TYPESCRIPT = resolve('node_modules/typescript/bin/tsc');
const INSTALL = [
  'install',
  '--silent',
  '--ignore-scripts',
  '--no-fund',
  '--no-audit',
  '--no-package-lock',
  '--prefer-offline',
];

/** What is run in each project, with the Node in question first on the PATH. */
const RUNS = [
  ['esm', 'node index.js'],
  ['require', 'node index.js'],
  ['entries', 'node index.js'],
  ['cli', 'bash smoke.sh'],
  ['vite', 'node node_modules/vite/bin/vite.js build --logLevel warn && node run.js'],
];

const TYPES = [
  ['types', 'tsconfig.nodenext.json'],
  ['types', 'tsconfig.bundler.json'],
  ['entries', 'tsconfig.json'],
];

const jsonOf = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The entries of the package may need any of its peers; it gets those that the tests here have. */
function addPeers(project) {
  const { peerDependenciesMeta = {}, devDependencies } = jsonOf('package.json');
  const description = jsonOf(join(project, 'package.json'));
  for (const peer of Object.keys(peerDependenciesMeta)) {
    description.dependencies[peer] = devDependencies[peer];
    const types = `@types/${peer}`;
    if (devDependencies[types] !== undefined) description.dependencies[types] = devDependencies[types];
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify(description));
}

const importsOfEntries = () =>
  Object.keys(jsonOf('package.json').exports)
    .filter((entry) => !entry.endsWith('.json'))
    .map((entry, index) => `export * as entry${index} from 'crabapple${entry.slice(1)}';\n`)
    .join('');

async function install(project) {
  const [code] = await once(spawn('npm', INSTALL, { cwd: project, stdio: 'inherit' }), 'close');
  if (code !== 0) throw new Error(`npm ${INSTALL.join(' ')} ended with ${code} in ${project}`);
}

const count = { passed: 0, failed: 0, skipped: 0 };

function check(name, folder, command, path = process.env.PATH) {
  const begin = Date.now();
  const { status, stdout, stderr } = spawnSync('bash', ['-euc', command], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  const good = status === 0;
  count[good ? 'passed' : 'failed'] += 1;
  const said = good ? stdout.trim().split('\n').at(-1) : `${stdout}${stderr}`;
  console.log(`${good ? 'passed' : 'FAILED'} ${name} (${Date.now() - begin} ms) ${said}`);
}

function skip(name, why) {
  count.skipped += 1;
  console.log(`skipped ${name}: ${why}`);
}

const tarball = resolve(process.argv[2]);
// A node_modules further up would hide what the package lacks.
const place = [tmpdir(), '/var/tmp'].find((path) => !existsSync(join(path, 'node_modules')));
if (place === undefined) throw new Error('node_modules in each temporary folder: set TMPDIR to another');
const folder = mkdtempSync(join(place, 'crabapple-consumers-'));
try {
  cpSync(HERE, folder, { recursive: true, filter: (path) => path !== join(HERE, 'nodes') });
  cpSync(tarball, join(folder, 'crabapple.tgz'));
  addPeers(join(folder, 'entries'));
  writeFileSync(join(folder, 'entries', 'entries.ts'), importsOfEntries());
  const projects = [...RUNS.map(([project]) => project), 'types'];
  await Promise.all(projects.map((project) => install(join(folder, project))));

  check('contents', folder, 'node contents.js entries/node_modules/crabapple crabapple.tgz');
  for (const [project, file] of TYPES) {
    check(`types, ${file}`, join(folder, project), `node ${TYPESCRIPT} -p ${file} && echo no complaint`);
  }
  for (const { version, program, missing } of NODES) {
    for (const [project, command] of RUNS) {
      const name = `${project}, Node ${version}`;
      if (missing !== undefined) skip(name, missing);
      else check(name, join(folder, project), command, `${dirname(program)}${delimiter}${process.env.PATH}`);
    }
  }
  if (spawnSync('chromium', ['--version']).status === 0) {
    check('vite, Chromium', join(folder, 'vite'), 'node chromium.js');
  } else skip('vite, Chromium', 'no chromium on the PATH');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`consumers: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
// 75 is how a step says that it could not do all.
process.exitCode = count.failed > 0 ? 1 : count.skipped > 0 ? 75 : 0;
