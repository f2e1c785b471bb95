import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import {
  AppleFixture,
  type FixtureOptions,
  organizationId,
  type ScenarioOfTest,
  type TestName,
  type TestOrganization,
} from '../../src/testing/fixture.ts';

const TEST: TestName = { file: 'test/orchard.test.js', titles: ['an orchard', 'shows its apps'] };

const FILE = 'test/testing/projects/scenario.yaml';

describe('AppleFixture', () => {
  let fixture: AppleFixture;

  const create = (options: FixtureOptions = {}): void => {
    fixture = new AppleFixture(options);
  };
  const start = (scenario?: ScenarioOfTest, test = TEST): Promise<TestOrganization> =>
    fixture.start(test, scenario);

  afterEach(() => fixture.close());

  it('gives a test the same credentials in every run, and another test different ones', async () => {
    const keys: string[] = [];
    for (const test of [TEST, TEST, { ...TEST, titles: ['an orchard', 'shows  its apps'] }]) {
      create({ server: false });
      const { organization } = await start(undefined, test);
      keys.push(organization.credentials.consumerKey);
      await fixture.close();
    }
    assert.equal(keys[0], keys[1]);
    assert.notEqual(keys[0], keys[2]);
  });

  it('gives concurrent tests with the same name separate organizations', async () => {
    create({ server: false });
    const running = await Promise.all([start(), start(), start()]);
    const id = organizationId(TEST);
    assert.deepEqual(running.map(({ organization }) => organization.id).sort(), [id, `${id}-2`, `${id}-3`]);
    for (const { end } of running) end();
    const again = await start();
    assert.equal(again.organization.id, id);
    again.end();
    assert.deepEqual(
      [...fixture.crabapple.organizations].map((organization) => organization.id),
      ['between-tests'],
    );
  });

  for (const [name, scenario] of [
    ['a path', FILE],
    ['a URL', new URL(`file://${process.cwd()}/${FILE}`)],
  ] as const) {
    it(`accepts ${name} as a scenario and names the file in its verdicts`, async () => {
      create({ server: false, scenario });
      const [suite] = (await start()).failure()!.suites;
      assert.deepEqual([suite?.scenario, suite?.file], ['Orchard', FILE]);
    });
  }

  for (const [name, scenario] of [
    ['YAML text', 'name: Hive\ndevices: [{ generate: 2 }]'],
    ['an object', { name: 'Hive', devices: [{ generate: 2 }] }],
  ] as const) {
    it(`accepts ${name} as a scenario`, async () => {
      create({ server: false, scenario });
      const { organization } = await start();
      assert.equal(organization.verify().suites[0]?.scenario, 'Hive');
      assert.equal(organization.devices.size, 2);
    });
  }

  it('rejects an invalid scenario and continues with the next one', async () => {
    create({ server: false });
    await assert.rejects(start('name: Hive\ndevice: []'), { name: 'ScenarioError' });
    await assert.rejects(start('no-such-file.yaml'), /no-such-file\.yaml/);
    assert.equal((await start('name: Hive')).organization.id, organizationId(TEST));
  });

  it('writes a push certificate for the environment of an organization, and removes it on close()', async () => {
    create({ server: { tlsPort: 0 } });
    const [first, second] = await Promise.all([start(), start()]);
    const [one, other] = [first, second].map(({ organization }) => fixture.inTest(() => organization));
    const environment = await one!.environment();
    assert.equal(environment.CRABAPPLE_CONSUMER_KEY, first.organization.credentials.consumerKey);
    assert.equal(environment.CRABAPPLE_PUSH_TOPIC, first.organization.credentials.pushTopic);
    assert.equal(environment.CRABAPPLE_TLS_URL, one!.tlsUrl);
    assert.equal(other!.env.CRABAPPLE_CONSUMER_KEY, second.organization.credentials.consumerKey);
    const files = [environment.CRABAPPLE_CA_FILE!, environment.CRABAPPLE_PUSH_CERT_FILE!];
    assert.deepEqual(files.map(existsSync), [true, true]);
    await fixture.close();
    assert.deepEqual(files.map(existsSync), [false, false]);
  });

  it('can be closed repeatedly, also before it was opened', async () => {
    create();
    await fixture.close();
    await start();
    await fixture.close();
    await fixture.close();
  });
});
