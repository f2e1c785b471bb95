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

/** Compares with a file of `test/golden`; `UPDATE_GOLDEN=1` writes it anew. */
function isAsIn(name: string, text: string): void {
  const file = `test/golden/${name}.txt`;
  if (process.env.UPDATE_GOLDEN !== undefined) writeFileSync(file, text);
  const golden = existsSync(file) ? readFileSync(file, 'utf8') : '';
  assert.equal(text, golden, `${file} is not what is written; UPDATE_GOLDEN=1 in the environment renews it`);
}

/** What differs from run to run, and from machine to machine, by one word each. */
function normalized(text: string, folder: string): string {
  return text
    .replaceAll(folder, 'FOLDER')
    .replace(/to be trusted: \S+/, 'to be trusted: CA-FILE')
    .replaceAll(/127\.0\.0\.1:(?!9001\b)\d+/g, '127.0.0.1:PORT')
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'TIME')
    .replaceAll(/\d{2}:\d{2}:\d{2}(?= )/g, 'CLOCK')
    .replaceAll(packageVersion(), 'VERSION')
    .replaceAll(process.execPath, 'node');
}

const shown = (shell: string, { stdout, stderr, code }: Ended): string =>
  [
    `$ ${shell}`,
    ...(stdout === '' ? [] : ['-- standard output', stdout.trimEnd()]),
    ...(stderr === '' ? [] : ['-- standard error', stderr.trimEnd()]),
    `-- ended with ${code}`,
    '',
  ].join('\n');

describe('whole outputs on a terminal', () => {
  const folder = new Folder();
  after(() => folder.remove());

  async function whole(
    name: string,
    parameters: readonly string[],
    variables = {},
    more = '',
  ): Promise<void> {
    const ended = await new Command(parameters, variables).ended;
    const text = shown(`crabapple ${parameters.join(' ')}`, ended);
    isAsIn(name, normalized(text + (more === '' ? '' : readFileSync(more, 'utf8')), folder.path));
  }

  it('exec, where all is well', () =>
    whole('exec-passed', ['exec', OUTAGE_FILE, '--', process.execPath, PLAY, OUTAGE.scenario]));

  it('exec, where expectations fail', () =>
    whole('exec-failed', [
      'exec',
      'scenarios/first-day.yaml',
      ...['--', process.execPath, PLAY, 'first-day', 'push', 'account'],
    ]));

  it('exec, where the command fails', () =>
    whole('exec-command-failed', ['exec', OUTAGE_FILE, '--', process.execPath, PLAY, 'no-such-scenario']));

  it('exec, where the scenario is wrong', () =>
    whole('exec-wrong', [
      'exec',
      folder.file('wrong.yaml', 'name: wrong\nexpect:\n  - operation: dep.acount\n'),
      ...['--', process.execPath, PLAY],
    ]));

  it('validate', () =>
    whole('validate', [
      'validate',
      'scenarios/first-day.yaml',
      folder.file(
        'refused.yaml',
        'name: refused\nexpect:\n  - operation: dep.profile.define\n    fields: { $.body.profil_name: present }\nsed: 7\n',
      ),
      folder.file('none.yaml'),
    ]));

  it('init, and the scenario that it writes', () => {
    const file = folder.file('first.yaml');
    const parameters = ['init', file, '--name', 'Our first', '--device-family', 'iPad', '--devices', '12'];
    return whole('init', parameters, {}, file);
  });

  it('serve, from its start to its end', async () => {
    const parameters = ['serve', 'scenarios/first-day.yaml', OUTAGE_FILE, '--port', '0', '--tls-port', '0'];
    const command = new Command(parameters);
    await command.wrote(/Ctrl-C stops\./);
    const ended = await command.stop();
    isAsIn('serve', normalized(shown(`crabapple ${parameters.join(' ')}`, ended), folder.path));
  });

  it('the help of each command', () => {
    const program = createProgram();
    const texts: string[] = [];
    const print = (command: typeof program): void => {
      command.configureOutput({ writeOut: (text) => texts.push(text), getOutHelpWidth: () => 100 });
      command.outputHelp();
      texts.push(`${'-'.repeat(100)}\n`);
      for (const each of command.commands) print(each);
    };
    print(program);
    isAsIn('help', normalized(texts.join(''), folder.path));
  });

  describe('verify', () => {
    let server: CrabappleServer;
    before(async () => {
      server = await listen(await appleOf(OUTAGE_FILE), { port: 0 });
      await play(without('wait')(OUTAGE.story), overHttp(server.url));
    });
    after(() => server.close());

    it('by the expectations of the server', () => whole('verify', ['verify'], { CRABAPPLE_URL: server.url }));

    it('by those of a file', () =>
      whole(
        'verify-file',
        ['verify', folder.file('story.yaml', 'name: story\nexpect:\n  - never: dep.account\n')],
        {
          CRABAPPLE_URL: server.url,
        },
      ));
  });
});
