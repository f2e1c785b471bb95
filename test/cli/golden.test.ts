import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createProgram } from '../../src/cli/program.ts';
import { packageVersion } from '../../src/package.ts';
import { type CrabappleServer, listen } from '../../src/server.ts';
import { appleOf } from '../scenarios/in-process.ts';
import { without } from '../scenarios/mutation.ts';
import { overHttp } from '../scenarios/over-http.ts';
import { play } from '../scenarios/scripted-mdm.ts';
import { OUTAGE } from '../scenarios/stories/rejections.ts';
import { Command, type Ended } from './command.ts';
import { Folder } from './folder.ts';

const PLAY = 'build/test/scenarios/play.js';
const OUTAGE_FILE = `scenarios/${OUTAGE.scenario}.yaml`;

/** Compares with a file of `test/golden`; `UPDATE_GOLDEN=1` rewrites it. */
function assertGolden(name: string, text: string): void {
  const file = `test/golden/${name}.txt`;
  if (process.env.UPDATE_GOLDEN !== undefined) writeFileSync(file, text);
  const golden = existsSync(file) ? readFileSync(file, 'utf8') : '';
  assert.equal(text, golden, `${file} is different; rewrite it with UPDATE_GOLDEN=1`);
}

/** Replaces what differs between runs and machines. */
function normalized(text: string, folder: string): string {
  return text
    .replaceAll(folder, 'FOLDER')
    .replace(/(CA certificate to trust: +)\S+/, '$1CA-FILE')
    .replaceAll(/127\.0\.0\.1:(?!9001\b)\d+/g, '127.0.0.1:PORT')
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'TIME')
    .replaceAll(/\d{2}:\d{2}:\d{2}(?= )/g, 'CLOCK')
    .replaceAll(packageVersion(), 'VERSION')
    .replaceAll(process.execPath, 'node');
}

const transcript = (shell: string, { stdout, stderr, code }: Ended): string =>
  [
    `$ ${shell}`,
    ...(stdout === '' ? [] : ['-- standard output', stdout.trimEnd()]),
    ...(stderr === '' ? [] : ['-- standard error', stderr.trimEnd()]),
    `-- ended with ${code}`,
    '',
  ].join('\n');

describe('complete output of commands', () => {
  const folder = new Folder();
  after(() => folder.remove());

  async function assertOutput(
    name: string,
    parameters: readonly string[],
    variables = {},
    more = '',
  ): Promise<void> {
    const ended = await new Command(parameters, variables).ended;
    const text = transcript(`crabapple ${parameters.join(' ')}`, ended);
    assertGolden(name, normalized(text + (more === '' ? '' : readFileSync(more, 'utf8')), folder.path));
  }

  it('exec with passed expectations', () =>
    assertOutput('exec-passed', ['exec', OUTAGE_FILE, '--', process.execPath, PLAY, OUTAGE.scenario]));

  it('exec with failed expectations', () =>
    assertOutput('exec-failed', [
      'exec',
      'scenarios/first-day.yaml',
      ...['--', process.execPath, PLAY, 'first-day', 'push', 'account'],
    ]));

  it('exec with a failed command', () =>
    assertOutput('exec-command-failed', [
      'exec',
      OUTAGE_FILE,
      '--',
      process.execPath,
      PLAY,
      'no-such-scenario',
    ]));

  it('exec with an invalid scenario', () =>
    assertOutput('exec-wrong', [
      'exec',
      folder.file('wrong.yaml', 'name: wrong\nexpect:\n  - operation: dep.acount\n'),
      ...['--', process.execPath, PLAY],
    ]));

  it('validate with a valid, an invalid and a missing file', () =>
    assertOutput('validate', [
      'validate',
      'scenarios/first-day.yaml',
      folder.file(
        'invalid.yaml',
        'name: invalid\nexpect:\n  - operation: dep.profile.define\n    fields: { $.body.profil_name: present }\nsed: 7\n',
      ),
      folder.file('none.yaml'),
    ]));

  it('init and its scenario', () => {
    const file = folder.file('first.yaml');
    const parameters = ['init', file, '--name', 'Our first', '--device-family', 'iPad', '--devices', '12'];
    return assertOutput('init', parameters, {}, file);
  });

  it('serve from start to shutdown', async () => {
    const parameters = ['serve', 'scenarios/first-day.yaml', OUTAGE_FILE, '--port', '0', '--tls-port', '0'];
    const command = new Command(parameters);
    await command.wrote(/to stop\./);
    const ended = await command.stop();
    assertGolden('serve', normalized(transcript(`crabapple ${parameters.join(' ')}`, ended), folder.path));
  });

  it('help of each command', async () => {
    const program = await createProgram();
    const texts: string[] = [];
    const print = (command: typeof program): void => {
      command.configureOutput({ writeOut: (text) => texts.push(text), getOutHelpWidth: () => 100 });
      command.outputHelp();
      texts.push(`${'-'.repeat(100)}\n`);
      for (const each of command.commands) print(each);
    };
    print(program);
    assertGolden('help', normalized(texts.join(''), folder.path));
  });

  describe('verify', () => {
    let server: CrabappleServer;
    before(async () => {
      server = await listen(await appleOf(OUTAGE_FILE), { port: 0 });
      await play(without('wait')(OUTAGE.story), overHttp(server.url));
    });
    after(() => server.close());

    it('with the expectations of the server', () =>
      assertOutput('verify', ['verify'], { CRABAPPLE_URL: server.url }));

    it('with the expectations of a file', () =>
      assertOutput(
        'verify-file',
        ['verify', folder.file('story.yaml', 'name: story\nexpect:\n  - never: dep.account\n')],
        {
          CRABAPPLE_URL: server.url,
        },
      ));
  });
});
