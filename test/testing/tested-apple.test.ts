import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { FixtureOptions, ScenarioOfTest } from '../../src/testing/fixture-options.ts';
import { organizationId, type TestName } from '../../src/testing/test-name.ts';
import { type Begun, TestedApple } from '../../src/testing/tested-apple.ts';

const TEST: TestName = { file: 'test/orchard.test.js', titles: ['an orchard', 'shows its apps'] };

const FILE = 'test/testing/projects/scenario.yaml';

describe('a simulated Apple that many tests share', () => {
  let tested: TestedApple;

  const share = (options: FixtureOptions = {}): void => {
    tested = new TestedApple(options);
  };
  const begin = (scenario?: ScenarioOfTest, test = TEST): Promise<Begun> => tested.begin(test, scenario);

  afterEach(() => tested.close());

  it('gives the same test the same credentials in every run, and another test others', async () => {
    const keys: string[] = [];
    for (const test of [TEST, TEST, { ...TEST, titles: ['an orchard', 'shows  its apps'] }]) {
      share({ server: false });
      const { organization } = await begin(undefined, test);
      keys.push(organization.credentials.consumerKey);
      await tested.close();
    }
    assert.equal(keys[0], keys[1]);
    assert.notEqual(keys[0], keys[2]);
  });

  it('gives tests of one name that run at once organizations of their own', async () => {
    share({ server: false });
    const begun = await Promise.all([begin(), begin(), begin()]);
    const id = organizationId(TEST);
    assert.deepEqual(begun.map(({ organization }) => organization.id).sort(), [id, `${id}-2`, `${id}-3`]);
    for (const { end } of begun) end();
    const again = await begin();
    assert.equal(again.organization.id, id);
    again.end();
    assert.deepEqual(
      [...tested.crabapple.organizations].map((organization) => organization.id),
      ['between-tests'],
    );
  });

  for (const [name, scenario] of [
    ['the path of a file', FILE],
    ['where a file is', new URL(`file://${process.cwd()}/${FILE}`)],
  ] as const) {
    it(`takes ${name} for a scenario, and names the file in its verdicts`, async () => {
      share({ server: false, scenario });
      const [suite] = (await begin()).failure()!.suites;
      assert.deepEqual([suite?.scenario, suite?.file], ['Orchard', FILE]);
    });
  }

  for (const [name, scenario] of [
    ['the text of a file', 'name: Hive\ndevices: [{ generate: 2 }]'],
    ['an object', { name: 'Hive', devices: [{ generate: 2 }] }],
  ] as const) {
    it(`takes ${name} for a scenario`, async () => {
      share({ server: false, scenario });
      const { organization } = await begin();
      assert.equal(organization.verify().suites[0]?.scenario, 'Hive');
      assert.equal(organization.devices.size, 2);
    });
  }

  it('refuses a scenario that is wrong, and goes on with the next', async () => {
    share({ server: false });
    await assert.rejects(begin('name: Hive\ndevice: []'), { name: 'ScenarioError' });
    await assert.rejects(begin('no-such-file.yaml'), /no-such-file\.yaml/);
    assert.equal((await begin('name: Hive')).organization.id, organizationId(TEST));
  });

  it('tells a program under test of its own organization, with a push certificate, and takes the files back', async () => {
    share({ server: { tlsPort: 0 } });
    const [first, second] = await Promise.all([begin(), begin()]);
    const [one, other] = [first, second].map(({ organization }) => tested.inTest(() => organization));
    const environment = await one!.environment();
    assert.equal(environment.CRABAPPLE_CONSUMER_KEY, first.organization.credentials.consumerKey);
    assert.equal(environment.CRABAPPLE_PUSH_TOPIC, first.organization.credentials.pushTopic);
    assert.equal(environment.CRABAPPLE_TLS_URL, one!.tlsUrl);
    assert.equal(other!.env.CRABAPPLE_CONSUMER_KEY, second.organization.credentials.consumerKey);
    const files = [environment.CRABAPPLE_CA_FILE!, environment.CRABAPPLE_PUSH_CERT_FILE!];
    assert.deepEqual(files.map(existsSync), [true, true]);
    await tested.close();
    assert.deepEqual(files.map(existsSync), [false, false]);
  });

  it('is closed again and again, also before it was ever opened', async () => {
    share();
    await tested.close();
    await begin();
    await tested.close();
    await tested.close();
  });
});
