import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { promptFor } from '../../src/cli/init.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { type CrabappleServer, openServer } from '../../src/server/open-server.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import { bufferedBytes } from '../../src/transports/first-bytes.ts';
import { Command, type Ended } from './command.ts';
import { Folder } from './folder.ts';

describe('crabapple verify', () => {
  const folder = new Folder();
  let server: CrabappleServer;
  before(async () => {
    const apple = new SimulatedApple();
    await apple.addScenario('name: Verified\nexpect: [{ operation: dep.session }]');
    server = await openServer(apple, { port: 0 });
    await fetch(`${server.url}/session`);
  });
  after(async () => {
    await server.close();
    folder.remove();
  });

  const ask = (...parameters: readonly string[]): Promise<Ended> =>
    new Command(parameters, { CRABAPPLE_URL: server.url }).ended;

  it('verifies the expectations of the server', async () => {
    const { code, stderr } = await ask('verify');
    assert.equal(code, 0, stderr);
    assert.match(stderr, /dep.session/);
  });

  it('verifies the expectations of a file and names the line of a failed one', async () => {
    const file = folder.file('other.yaml', 'name: Other\nexpect:\n  - operation: dep.account\n');
    const { code, stderr } = await ask('verify', file);
    assert.equal(code, 3, stderr);
    assert.match(stderr, /other.yaml:3/);
  });

  it('rejects an invalid file', async () => {
    const file = folder.file('wrong.yaml', 'name: Other\nexpect:\n  - operation: dep.acount\n');
    const { code, stderr } = await ask('verify', file);
    assert.equal(code, 2);
    assert.match(stderr, /dep\.account/);
  });

  it('writes reports', async () => {
    const tap = folder.file('report.tap');
    assert.equal((await ask('verify', '--report', `tap:${tap}`)).code, 0);
    assert.match(readFileSync(tap, 'utf8'), /^TAP version 14\n/);
  });

  it('declaration init creates a declaration from the received data and does not overwrite a file', async () => {
    const file = folder.file('declaration.yaml');
    const early = await ask('declaration', 'init', file);
    assert.notEqual(early.code, 0);
    assert.match(early.stderr, /no data was sent yet/);
    await fetch(`${server.url}/devices`, { method: 'POST', body: '{"devices": ["A"]}' });
    const written = await ask('declaration', 'init', file, '--name', 'Ours');
    assert.equal(written.code, 0, written.stderr);
    assert.match(readFileSync(file, 'utf8'), /^name: Ours$/m);
    // The first line of the declaration refers to it.
    assert.ok(existsSync(join(folder.path, 'declaration.schema.json')));
    const again = await ask('declaration', 'init', file);
    assert.equal(again.code, 1);
    assert.match(again.stderr, /cannot write the declaration/);
  });
});

describe('crabapple init', () => {
  const folder = new Folder();
  after(() => folder.remove());

  it('creates a valid scenario and its schema, and does not overwrite a file', async () => {
    const file = folder.file('first.yaml');
    const parameters = ['init', file, '--name', 'It is: ours', '--device-family', 'ipad', '--devices', '12'];
    const written = await new Command(parameters).ended;
    assert.equal(written.code, 0, written.stderr);
    const text = readFileSync(file, 'utf8');
    assert.match(text, /^# yaml-language-server: \$schema=\.\/scenario\.schema\.json\n/);
    const { scenario } = await loadScenario(file, text);
    assert.equal(scenario.organization.name, 'It is: ours');
    assert.deepEqual(scenario.organization.devices, [{ generate: 12, device_family: 'iPad' }]);
    assert.ok(JSON.parse(readFileSync(folder.file('scenario.schema.json'), 'utf8')));

    const again = await new Command(parameters).ended;
    assert.equal(again.code, 2);
    assert.match(again.stderr, /already exists/);
    assert.equal((await new Command([...parameters, '--force']).ended).code, 0);
  });

  const DEFAULTS = { name: 'A', orgName: 'B', mdmServer: 'C', deviceFamily: 'Mac', devices: 10 } as const;

  async function choicesFrom(text: string): Promise<readonly [choices: unknown, output: string]> {
    const input = new PassThrough();
    const output = new PassThrough();
    input.end(text);
    const choices = await promptFor({}, DEFAULTS, { input, output });
    return [choices, bufferedBytes(output).toString()];
  }

  it('prompts for each choice, and again after an invalid answer, with all lines typed ahead', async () => {
    const [choices, output] = await choicesFrom('\nAcme GmbH\n\niphone\nzero\n12\n');
    assert.deepEqual(choices, { ...DEFAULTS, orgName: 'Acme GmbH', deviceFamily: 'iPhone', devices: 12 });
    assert.match(output, /How many devices\? \[10\]: {3}not a valid answer, please try again\nHow many/);
  });

  it('writes no file if the input ends early', async () => {
    await assert.rejects(choicesFrom('\nAcme'), /no file was written/);
  });

  for (const [option, value] of [
    ['--devices', '0'],
    ['--device-family', 'Newton'],
  ] as const) {
    it(`rejects ${option} ${value}`, async () => {
      const { code } = await new Command(['init', folder.file('no.yaml'), option, value]).ended;
      assert.equal(code, 2);
    });
  }
});
