import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { Command, type Ended } from './command.ts';
import { Folder } from './folder.ts';

const SCENARIO = `name: Verified
expect:
  - name: a session is asked for
    operation: dep.session
`;

const SILENT = 'name: Silent\n';

/** Asks for a session without a signature: an exchange is all that the scenario wants. */
const ASK = 'await fetch(process.env.CRABAPPLE_URL + "/session");';

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
    ['0 where command and expectations hold', () => scenario, ASK, 0],
    ['3 where an expectation does not', () => scenario, '', 3],
    ['0 where nothing was expected', () => silent, '', 0],
    ["the command's own code, whatever the verdicts are", () => scenario, 'process.exit(7)', 7],
    [
      '128 and the number of the signal that ended it',
      () => silent,
      'process.kill(process.pid, "SIGKILL")',
      137,
    ],
  ];
  for (const [about, file, text, wanted] of CASES) {
    it(`ends with ${about}`, async () => {
      const { code, stderr } = await exec(file(), '--', ...script(text));
      assert.equal(code, wanted, stderr);
    });
  }

  it('ends with 4 where a verdict cannot be told', async () => {
    const late = `${ASK}
      const post = (path, body) => fetch(process.env.CRABAPPLE_URL + '/_crabapple/' + path, {
        method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
      for (let round = 0; round < 102; round += 1)
        await Promise.all(Array.from({ length: 100 }, () => fetch(process.env.CRABAPPLE_URL + '/session')));
      await post('expectations', { never: 'dep.devices.disown' });`;
    const { code, stderr } = await exec(scenario, '--', ...script(late));
    assert.equal(code, 4, stderr);
    assert.match(stderr, /unknown/);
  }).timeout(60_000);

  it('leaves the output of the command as it is, and reports on standard error', async () => {
    const { stdout, stderr } = await exec(
      scenario,
      '--',
      ...script(`${ASK} process.stdout.write("a\\tb\\n");`),
    );
    assert.equal(stdout, 'a\tb\n');
    assert.match(stderr, /a session is asked for/);
  });

  it('hands the environment of the default organization over', async () => {
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

  it('leads programs to it that know only the names of Apple, where --redirect says so', async () => {
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

  it('writes the reports that are asked for', async () => {
    const junit = folder.file('junit.xml');
    const json = folder.file('report.json');
    const { stderr } = await exec(
      ...['--report', `junit:${junit}`, '--report', `json:${json}`, scenario, '--', ...script(ASK)],
    );
    assert.match(readFileSync(junit, 'utf8'), /<testsuites .*a session is asked for/s);
    assert.equal((JSON.parse(readFileSync(json, 'utf8')) as { status: string }).status, 'passed');
    assert.match(stderr, /a session is asked for/);
  });

  it('ends a command that takes too long, with 124, and what it started', async () => {
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
    assert.match(stderr, /took longer/);
    assertGone(Number(readFileSync(pidFile, 'utf8')));
  });

  it('leaves nothing running that an ended command started', async () => {
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

  it('passes signals on', async () => {
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
    [
      'a scenario that is wrong',
      () => [folder.file('wrong.yaml', 'nam: x\n'), '--', 'true'],
      /wrong.yaml:1:1/,
    ],
    ['a scenario that is not there', () => [folder.file('none.yaml'), '--', 'true'], /there is no file/],
    [
      'a command that is not there',
      () => [silent, '--', folder.file('no-program')],
      /there is no such program/,
    ],
    ['no command', () => [silent], /no command is given/],
    [
      'a report for a folder that is not there',
      () => ['--report', 'tap:nowhere/a', silent, '--', 'true'],
      /nowhere/,
    ],
    ['a report of no known format', () => ['--report', 'word:a', silent, '--', 'true'], /formats are pretty/],
  ];
  for (const [about, parameters, message] of WRONG) {
    it(`ends with 2 for ${about}`, async () => {
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
    assert.match(readFileSync(summary, 'utf8'), /^# before\n[\s\S]*a session is asked for/);
    assert.ok(existsSync(summary));
  });
});

function assertGone(pid: number): void {
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
}
