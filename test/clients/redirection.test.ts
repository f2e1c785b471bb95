import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { SERVICES } from '../../src/services/index.ts';
import { ChildProgram } from './child-program.ts';
import { CrabappleServer } from './crabapple-server.ts';
import { DocsPage } from './docs-page.ts';

const page = new DocsPage(readFileSync('docs/redirection.md', 'utf8'));
const COMMAND = resolve('build/src/cli/main.js');
const SCENARIO = 'name: Orchard\n';
const HOSTS = [...new Set(SERVICES.flatMap(({ hosts }) => hosts))].sort();

/** Enough for a first build on a busy machine. */
const TIMEOUT = 240_000;

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

/** Without the proxy settings of this machine. */
const plainEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/proxy|^CRABAPPLE_/i.test(name)));

describe('docs/redirection.md', () => {
  let folder: string;
  let apple: CrabappleServer;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crabapple-redirection-'));
    apple = await CrabappleServer.start(SCENARIO);
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await apple.stop();
  });

  function runSection(heading: string): string {
    const { files, commands } = page.section(heading);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return execFileSync('bash', ['-euc', commands], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...plainEnvironment(),
        CRABAPPLE_PROXY_URL: apple.proxyUrl,
        CRABAPPLE_CA_FILE: apple.caFile,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT,
    });
  }

  for (const [tool, needs] of Object.entries(TOOLS)) {
    it(`redirects ${tool} to the server`, async function () {
      this.timeout(TIMEOUT);
      skipUnless(this, needs.every(runs), `${tool} is not installed`);
      const before = await apple.control.lastSeq();
      const output = runSection(tool);
      assert.match(output, /200|"limits"/);
      const entries = await apple.control.journal(before);
      assert.deepEqual(
        entries.map(({ operation, request, response }) => [operation, request.authority, response?.status]),
        [['vpp.service_config', 'vpp.itunes.apple.com', 200]],
      );
    });
  }

  it('redirects a command of crabapple exec to the server', function () {
    this.timeout(TIMEOUT);
    skipUnless(this, runs(TOOLS.curl![0]!), 'curl is not installed');
    const commands = page.section('With crabapple exec').commands;
    const crabapple = `crabapple() { '${process.execPath}' '${COMMAND}' "$@"; }`;
    const output = execFileSync('bash', ['-euc', `${crabapple}\n${commands}`], {
      encoding: 'utf8',
      env: plainEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT,
    });
    assert.match(output, /"limits"/);
  });

  it('redirects by the hosts file, in a network and mount namespace of the test', async function () {
    this.timeout(TIMEOUT);
    const isolated = ['unshare', '--net', '--mount'];
    const tools = [['ip', '-V'], ['nsenter', '--version'], [...isolated, 'true'], TOOLS.curl![0]!];
    skipUnless(this, tools.every(runs), 'this system allows no network namespace');
    const { texts, commands } = page.section('By the hosts file');
    const hosts = join(folder, 'hosts');
    const readyFile = join(folder, 'ready.json');
    writeFileSync(hosts, texts[0]!);
    const server = [COMMAND, 'serve', '--tls-port', '443', '--ready-file', readyFile];
    const start = `ip link set lo up; mount --bind '${hosts}' /etc/hosts; exec "$@"`;
    const parameters = [...isolated.slice(1), 'sh', '-euc', start, 'sh', process.execPath, ...server];
    const program = new ChildProgram('crabapple serve', 'unshare', parameters, {
      withoutVariables: 'CRABAPPLE_',
    });
    try {
      await program.waitFor(async () => existsSync(readyFile) || undefined);
      const { pid, caFile } = JSON.parse(readFileSync(readyFile, 'utf8')) as { pid: number; caFile: string };
      const inside = ['--target', String(pid), '--net', '--mount', 'bash', '-euc'];
      const output = execFileSync('nsenter', [...inside, commands], {
        encoding: 'utf8',
        env: { ...plainEnvironment(), CRABAPPLE_CA_FILE: caFile },
        timeout: TIMEOUT,
      });
      assert.match(output, /"limits"/);
    } finally {
      await program.stop();
    }
  });

  it('lists exactly the served host names in the hosts file, the network aliases and compose.yaml', () => {
    const { texts } = page.section('By the hosts file');
    assert.deepEqual(
      texts[0]!.trim().split('\n'),
      HOSTS.map((host) => `127.0.0.1 ${host}`),
    );
    const { files } = page.section('By the name service of containers');
    const { services } = parse(files['compose.yaml']!) as {
      services: { crabapple: { networks: { default: { aliases: readonly string[] } } } };
    };
    assert.deepEqual(services.crabapple.networks.default.aliases, HOSTS);
    const { services: compose } = parse(readFileSync('compose.yaml', 'utf8')) as {
      services: { apple: { networks: { default: { aliases: readonly string[] } } } };
    };
    assert.deepEqual(compose.apple.networks.default.aliases, HOSTS);
  });
});
