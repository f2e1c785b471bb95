import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { SERVICES } from '../../src/services/index.ts';
import { ChildProgram } from './child-program.ts';
import { CrabappleServer } from './crabapple-server.ts';
import { RecipeBook } from './recipe-book.ts';

const recipes = new RecipeBook(readFileSync('docs/redirection.md', 'utf8'));
const COMMAND = resolve('build/src/cli/main.js');
const SCENARIO = 'name: Orchard\n';
const HOSTS = [...new Set(SERVICES.flatMap(({ hosts }) => hosts))].sort();

/** Long enough for a first build, on a machine with other work to do. */
const BOUND = 240_000;

const TOOLS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  curl: [['curl', '--version']],
  Go: [['go', 'version']],
  Python: [['python3', '--version']],
  Node: [['node', '--version']],
  Java: [
    ['java', '--version'],
    ['keytool', '-help'],
  ],
};

function runs([command, ...parameters]: readonly string[]): boolean {
  try {
    execFileSync(command!, parameters, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function skipUnless(context: Mocha.Context, possible: boolean, reason: string): void {
  if (possible) return;
  console.log(`      SKIPPED, ${reason}`);
  context.skip();
}

/** Without what leads the programs of this machine elsewhere. */
const plainEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/proxy|^CRABAPPLE_/i.test(name)));

describe('the recipes that lead programs here', () => {
  let folder: string;
  let apple: CrabappleServer;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crabapple-recipes-'));
    apple = await CrabappleServer.start(SCENARIO);
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await apple.stop();
  });

  function perform(heading: string): string {
    const { programs, commands } = recipes.recipe(heading);
    for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, name), text);
    return execFileSync('bash', ['-euc', commands], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...plainEnvironment(),
        CRABAPPLE_PROXY_URL: apple.proxyUrl,
        CRABAPPLE_CA_FILE: apple.caFile,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: BOUND,
    });
  }

  for (const [tool, needs] of Object.entries(TOOLS)) {
    it(`${tool}: as the page says`, async function () {
      this.timeout(BOUND);
      skipUnless(this, needs.every(runs), `${tool} is not installed`);
      const before = await apple.control.lastSeq();
      const output = perform(tool);
      assert.match(output, /200|"limits"/);
      const entries = await apple.control.journal(before);
      assert.deepEqual(
        entries.map(({ operation, request, response }) => [operation, request.authority, response?.status]),
        [['vpp.service_config', 'vpp.itunes.apple.com', 200]],
      );
    });
  }

  it('crabapple exec: as the page says', function () {
    this.timeout(BOUND);
    skipUnless(this, runs(TOOLS.curl![0]!), 'curl is not installed');
    const commands = recipes.recipe('With crabapple exec').commands;
    const crabapple = `crabapple() { '${process.execPath}' '${COMMAND}' "$@"; }`;
    const output = execFileSync('bash', ['-euc', `${crabapple}\n${commands}`], {
      encoding: 'utf8',
      env: plainEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: BOUND,
    });
    assert.match(output, /"limits"/);
  });

  it("the hosts file: as the page says, in a network and a file system of the test's own", async function () {
    this.timeout(BOUND);
    const alone = ['unshare', '--net', '--mount'];
    const tools = [['ip', '-V'], ['nsenter', '--version'], [...alone, 'true'], TOOLS.curl![0]!];
    skipUnless(this, tools.every(runs), 'this system lets nobody have a network of his own');
    const { texts, commands } = recipes.recipe('By the hosts file');
    const hosts = join(folder, 'hosts');
    const readyFile = join(folder, 'ready.json');
    writeFileSync(hosts, texts[0]!);
    const server = [COMMAND, 'serve', '--tls-port', '443', '--ready-file', readyFile];
    const start = `ip link set lo up; mount --bind '${hosts}' /etc/hosts; exec "$@"`;
    const parameters = [...alone.slice(1), 'sh', '-euc', start, 'sh', process.execPath, ...server];
    const program = new ChildProgram('crabapple serve', 'unshare', parameters, {
      withoutVariables: 'CRABAPPLE_',
    });
    try {
      await program.ready(async () => existsSync(readyFile) || undefined);
      const { pid, caFile } = JSON.parse(readFileSync(readyFile, 'utf8')) as { pid: number; caFile: string };
      const inside = ['--target', String(pid), '--net', '--mount', 'bash', '-euc'];
      const output = execFileSync('nsenter', [...inside, commands], {
        encoding: 'utf8',
        env: { ...plainEnvironment(), CRABAPPLE_CA_FILE: caFile },
        timeout: BOUND,
      });
      assert.match(output, /"limits"/);
    } finally {
      await program.stop();
    }
  });

  it("every recipe by name names all of Apple's hosts that are served, and no other", () => {
    const { texts } = recipes.recipe('By the hosts file');
    assert.deepEqual(
      texts[0]!.trim().split('\n'),
      HOSTS.map((host) => `127.0.0.1 ${host}`),
    );
    const { programs } = recipes.recipe('By the name service of containers');
    const { services } = parse(programs['compose.yaml']!) as {
      services: { crabapple: { networks: { default: { aliases: readonly string[] } } } };
    };
    assert.deepEqual(services.crabapple.networks.default.aliases, HOSTS);
    const { services: whole } = parse(readFileSync('compose.yaml', 'utf8')) as {
      services: { apple: { networks: { default: { aliases: readonly string[] } } } };
    };
    assert.deepEqual(whole.apple.networks.default.aliases, HOSTS);
  });
});
