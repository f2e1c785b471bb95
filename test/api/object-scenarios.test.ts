import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { createCrabapple, type Scenario, ScenarioError } from '../../src/index.ts';

/** Creates an apple from a value of any type, as JavaScript callers can. */
const rejection = (scenario: unknown): Promise<ScenarioError> =>
  createCrabapple(scenario as Scenario).then(
    () => assert.fail('the scenario was accepted'),
    (error: unknown) => {
      assert.ok(error instanceof ScenarioError, String(error));
      return error;
    },
  );

const cyclic: Record<string, unknown> = { name: 'x' };
cyclic.organization = cyclic;

const WRONG: readonly (readonly [about: string, scenario: unknown, message: string])[] = [
  ['a misspelled key', { name: 'x', sed: 7 }, 'scenario: sed: unknown key `sed` (did you mean `seed`?)'],
  [
    'an unknown value in a list',
    { name: 'x', devices: [{ generate: 1 }, { generate: 1, device_family: 'Mcintosh' }] },
    'scenario: devices[1].device_family: unknown value "Mcintosh"',
  ],
  [
    'an unknown location of an operation',
    { name: 'x', expect: [{ operation: 'dep.profile.define', fields: { '$.body.profil_name': 'present' } }] },
    'scenario: expect[0].fields["$.body.profil_name"]: dep.profile.define has no field "profil_name" in its request body (did you mean `profile_name`?)',
  ],
  [
    'two problems',
    { name: '', seed: [] },
    'scenario: name: must not be empty\nscenario: seed: expected a number or text, got',
  ],
  ['a function', { name: () => 'x' }, 'scenario: `name` is missing'],
  [
    'a cyclic object',
    cyclic,
    'scenario: the value cannot be written as JSON: Converting circular structure to JSON',
  ],
  ['undefined', undefined, 'scenario: expected a mapping, got nothing'],
  ['a list', [], 'scenario: expected a mapping, got a list'],
];

describe('scenario objects', () => {
  for (const [about, scenario, message] of WRONG) {
    it(`are rejected with the path of the problem: ${about}`, async () => {
      const error = await rejection(scenario);
      assert.ok(error.message.startsWith(message), error.message);
      assert.ok(error.problems.every(({ line, column }) => line === undefined && column === undefined));
    });
  }

  it('are rejected with the path of a credential that is in use', async () => {
    const apple = await createCrabapple({ name: 'First', push: { topic: 'com.apple.mgmt.one' } });
    await assert.rejects(
      apple.organizations.add({ name: 'Second', push: { topic: 'com.apple.mgmt.one' } }),
      /^ScenarioError: scenario: push\.topic: the credential .* belongs to the organization first/,
    );
  });

  it('are copied: later changes of the object have no effect', async () => {
    const scenario = {
      name: 'Copied',
      devices: [{ serial_number: 'C02ACME0001', asset_tag: 'A-1' }],
      faults: [{ on: 'dep.*', answer: { status: 500, headers: { 'x-one': '1' } } }],
    } satisfies Scenario;
    const apple = await createCrabapple(scenario);
    scenario.devices[0]!.asset_tag = 'B-2';
    scenario.faults[0]!.answer.headers['x-one'] = '2';
    assert.equal(apple.devices.get('C02ACME0001')?.asset_tag, 'A-1');
    assert.deepEqual(apple.faults.list[0]?.answer, { status: 500, headers: { 'x-one': '1' } });
  });

  it('describe the same organization as their YAML text', async () => {
    const scenario: Scenario = {
      name: 'Same',
      seed: 7,
      clock: { at: '2026-03-02T08:00:00Z', rate: 0 },
      devices: [{ generate: 3, device_family: 'iPad' }],
    };
    const object = await createCrabapple(scenario);
    const text = await createCrabapple(JSON.stringify(scenario));
    assert.deepEqual([...object.devices], [...text.devices]);
    assert.deepEqual(object.credentials.serverToken.consumer_key, text.credentials.serverToken.consumer_key);
  });

  it('have no line and column in reports', async () => {
    const apple = await createCrabapple({ name: 'Placeless', expect: [{ operation: 'dep.session' }] });
    const [suite] = apple.verify().suites;
    assert.deepEqual(
      suite?.verdicts.map(({ place }) => place),
      [undefined, undefined],
    );
  });

  it('do not load the YAML parser, which text does', () => {
    const run = (scenario: string): string =>
      execFileSync(
        process.execPath,
        [
          '--import',
          pathToFileURL('build/test/api/without-yaml.js').href,
          '--input-type=module',
          '--eval',
          `const { createCrabapple } = await import(${JSON.stringify(pathToFileURL('build/src/index.js').href)});
           console.log(await createCrabapple(${scenario}).then(() => 'accepted', ({ message }) => message));`,
        ],
        { encoding: 'utf8' },
      );
    assert.equal(run("{ name: 'Object' }"), 'accepted\n');
    assert.equal(run("'name: Text'"), 'yaml is not here\n');
  });

  it('are rejected with the same hints as text', async () => {
    await assert.rejects(createCrabapple('name: x\nsed: 7\n'), {
      message: 'scenario:2:1: unknown key `sed` (did you mean `seed`?)',
    });
  });
});
