import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { Command, type Ended } from './command.ts';
import { Folder } from './folder.ts';

const SCENARIO = `name: Verified
expect:
  - name: a session is requested
    operation: dep.session
`;

const SILENT = 'name: Silent\n';

/** Requests a session without a signature; the scenario accepts any exchange. */
const REQUEST = 'await fetch(process.env.CRABAPPLE_URL + "/session");';

describe('crabapple exec', () => {
  const folder = new Folder();
  let scenario: string;
  let silent: string;
  before(() => {
    scenario = folder.file('verified.yaml', SCENARIO);
    silent = folder.file('silent.yaml', SILENT);
  });
  after(() => folder.remove());

  const script = (text: string): readonly string[] => [
    process.execPath,
    '--input-type=module',
    '--eval',
    text,
  ];
  const exec = (...parameters: readonly string[]): Promise<Ended> =>
    new Command(['exec', ...parameters]).ended;

  const CASES: readonly (readonly [about: string, file: () => string, script: string, code: number])[] = [
    ['0 if the command and the expectations pass', () => scenario, REQUEST, 0],
    ['3 if an expectation fails', () => scenario, '', 3],
    ['0 without expectations', () => silent, '', 0],
    ['the exit code of the command if it fails', () => scenario, 'process.exit(7)', 7],
    [
      '128 plus the number of the signal that ended the command',
      () => silent,
      'process.kill(process.pid, "SIGKILL")',
      137,
    ],
  ];
  for (const [about, file, text, wanted] of CASES) {
    it(`exits with ${about}`, async () => {
      const { code, stderr } = await exec(file(), '--', ...script(text));
      assert.equal(code, wanted, stderr);
    });
  }

  it('exits with 4 if a verdict is unknown', async () => {
    const late = `${REQUEST}
      const post = (path, body) => fetch(process.env.CRABAPPLE_URL + '/_crabapple/' + path, {
        method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
      for (let round = 0; round < 102; round += 1)
        await Promise.all(Array.from({ length: 100 }, () => fetch(process.env.CRABAPPLE_URL + '/session')));
      await post('expectations', { never: 'dep.devices.disown' });`;
    const { code, stderr } = await exec(scenario, '--', ...script(late));
    assert.equal(code, 4, stderr);
    assert.match(stderr, /unknown/);
  }).timeout(60_000);

  it('keeps the output of the command and reports on standard error', async () => {
    const { stdout, stderr } = await exec(
      scenario,
      '--',
      ...script(`${REQUEST} process.stdout.write("a\\tb\\n");`),
    );
    assert.equal(stdout, 'a\tb\n');
    assert.match(stderr, /a session is requested/);
  });

  it('sets the environment variables of the default organization', async () => {
    const { stdout } = await exec(silent, '--', ...script('console.log(JSON.stringify(process.env))'));
    const env = JSON.parse(stdout) as Record<string, string>;
    for (const name of [
      'URL',
      'TLS_URL',
      'CA_FILE',
      'PUSH_TOPIC',
      'PUSH_CERT_FILE',
      'PUSH_KEY_FILE',
      'CONSUMER_KEY',
      'CONSUMER_SECRET',
      'ACCESS_TOKEN',
      'ACCESS_SECRET',
    ])
      assert.ok(env[`CRABAPPLE_${name}`], name);
    assert.equal(env.HTTPS_PROXY, undefined);
  });

  it('sets proxy and CA variables with --redirect', async () => {
    const { stdout } = await exec(
      '--redirect',
      silent,
      '--',
      ...script('console.log(JSON.stringify(process.env))'),
    );
    const env = JSON.parse(stdout) as Record<string, string>;
    assert.equal(env.HTTPS_PROXY, env.CRABAPPLE_PROXY_URL);
    assert.equal(env.SSL_CERT_FILE, env.CRABAPPLE_CA_FILE);
    assert.equal(env.NODE_EXTRA_CA_CERTS, env.CRABAPPLE_CA_FILE);
  });

  it('writes the reports of --report', async () => {
    const junit = folder.file('junit.xml');
    const json = folder.file('report.json');
    const { stderr } = await exec(
      ...['--report', `junit:${junit}`, '--report', `json:${json}`, scenario, '--', ...script(REQUEST)],
    );
    assert.match(readFileSync(junit, 'utf8'), /<testsuites .*a session is requested/s);
    assert.equal((JSON.parse(readFileSync(json, 'utf8')) as { status: string }).status, 'passed');
    assert.match(stderr, /a session is requested/);
  });

  it('ends a command and its child processes after --timeout and exits with 124', async () => {
    const pidFile = folder.file('grandchild');
    const { code, stderr } = await exec(
      '--timeout',
      '2s',
      silent,
      '--',
      ...script(`
        import { spawn } from 'node:child_process';
        import { writeFileSync } from 'node:fs';
        const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
        writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));
        setInterval(() => {}, 1000);`),
    );
    assert.equal(code, 124);
    assert.match(stderr, /exceeded the time limit/);
    assertGone(Number(readFileSync(pidFile, 'utf8')));
  });

  it('ends the child processes that a command leaves behind', async () => {
    const pidFile = folder.file('left');
    await exec(
      silent,
      '--',
      ...script(`
        import { spawn } from 'node:child_process';
        import { writeFileSync } from 'node:fs';
        const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
        child.unref();
        writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));`),
    );
    assertGone(Number(readFileSync(pidFile, 'utf8')));
  });

  it('forwards signals to the command', async () => {
    const command = new Command([
      'exec',
      silent,
      '--',
      ...script(`
        process.on('SIGTERM', () => process.exit(5));
        setInterval(() => {}, 1000);
        console.log('waiting');`),
    ]);
    await command.wrote(/waiting/);
    assert.equal((await command.signal('SIGTERM').ended).code, 5);
  });

  const WRONG: readonly (readonly [about: string, parameters: () => readonly string[], message: RegExp])[] = [
    ['an invalid scenario', () => [folder.file('wrong.yaml', 'nam: x\n'), '--', 'true'], /wrong.yaml:1:1/],
    ['a missing scenario', () => [folder.file('none.yaml'), '--', 'true'], /does not exist/],
    ['a missing program', () => [silent, '--', folder.file('no-program')], /the program does not exist/],
    ['a missing command', () => [silent], /the command is missing/],
    ['a report in a missing folder', () => ['--report', 'tap:nowhere/a', silent, '--', 'true'], /nowhere/],
    ['an unknown report format', () => ['--report', 'word:a', silent, '--', 'true'], /formats are pretty/],
  ];
  for (const [about, parameters, message] of WRONG) {
    it(`exits with 2 for ${about}`, async () => {
      const { code, stderr } = await exec(...parameters());
      assert.match(stderr, message);
      assert.equal(code, 2);
    });
  }

  it('appends a job summary and prints annotations on GitHub', async () => {
    const summary = folder.file('summary.md', '# before\n');
    const { stderr } = await new Command(['exec', '--report', 'github', scenario, '--', ...script('')], {
      GITHUB_STEP_SUMMARY: summary,
    }).ended;
    assert.match(stderr, /^::error file=\S+verified.yaml,line=3,col=\d+,title=/m);
    assert.match(readFileSync(summary, 'utf8'), /^# before\n[\s\S]*a session is requested/);
    assert.ok(existsSync(summary));
  });
});

function assertGone(pid: number): void {
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
}
