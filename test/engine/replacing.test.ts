import assert from 'node:assert/strict';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import { simulateApple } from '../../src/simulated-apple.ts';
import { requestOf } from '../dep/requests.ts';

const named = (name: string): object => ({ name });

async function appleWithSecond() {
  const apple = await simulateApple(named('First'), {}, { id: 'first' });
  const second = await apple.addScenario(named('Second'), { id: 'second' });
  const { consumer_key } = currentToken(second.organization.enrollment.servers[0]!);
  return { apple, second, credential: `consumer_key:${consumer_key}` };
}

const nameOf = (
  tenant: { readonly scenario: { readonly organization: { readonly name: string } } } | undefined,
) => tenant?.scenario.organization.name;

describe('replacing the scenario of an organization', () => {
  it('fails if the organization is removed while its faults are compiled, and leaves nothing behind', async () => {
    const { apple, second, credential } = await appleWithSecond();
    const replaced = assert.rejects(apple.tenants.replace('second', second.scenario), /was removed before/);
    assert.ok(apple.tenants.isHeld(credential));
    apple.removeOrganization('second');
    await replaced;
    assert.equal(apple.tenants.get('second'), undefined);
    assert.equal(apple.tenants.size, 1);
    assert.ok(!apple.tenants.isHeld(credential));
  });

  for (let delay = 0; delay < 40; delay += 1) {
    it(`leaves the organization removed if that happens ${delay} microtasks later`, async () => {
      const { apple } = await appleWithSecond();
      const replacing = apple.replaceScenario('second', named('Changed')).catch((error: Error) => error);
      for (let turn = 0; turn < delay; turn += 1) await Promise.resolve();
      apple.removeOrganization('second');
      await replacing;
      assert.equal(apple.tenants.get('second'), undefined);
      assert.deepEqual(
        apple.verify().suites.map(({ organization }) => organization),
        ['first'],
      );
    });
  }

  it('leaves an organization alone that was added under the same id meanwhile', async () => {
    const { apple, second } = await appleWithSecond();
    const { scenario } = await apple.addScenario(named('Third'), { id: 'third' });
    const replaced = assert.rejects(apple.tenants.replace('second', second.scenario), /was removed before/);
    apple.removeOrganization('second');
    const adding = apple.tenants.add(scenario, { id: 'second' });
    await replaced;
    assert.equal(nameOf(await adding), 'Third');
    assert.equal(apple.tenants.get('second'), await adding);
  });

  it('takes effect in the order of the calls, whichever scenario loads first', async () => {
    const { apple } = await appleWithSecond();
    const slow = {
      name: 'Slow',
      devices: [{ generate: 20_000, device_family: 'iPad' }],
      expect: [{ operation: 'dep.session' }],
    };
    await Promise.all([
      apple.replaceScenario('second', slow),
      apple.replaceScenario('second', named('Newest')),
    ]);
    assert.equal(nameOf(apple.tenants.get('second')), 'Newest');
  });

  it('goes on after an earlier replacement failed', async () => {
    const { apple } = await appleWithSecond();
    const failed = assert.rejects(apple.replaceScenario('second', { nothing: true }));
    const tenant = await apple.replaceScenario('second', named('Newest'));
    await failed;
    assert.equal(apple.tenants.get('second'), tenant);
  });

  it('verifies from the first request on', async () => {
    const { apple } = await appleWithSecond();
    apple.tenants.onServed(() => {
      void apple.handle(requestOf('GET', '/session'));
    });
    await apple.replaceScenario('first', { name: 'First', expect: [{ operation: 'dep.session', times: 1 }] });
    const [suite] = apple.verify('first').suites;
    assert.equal(suite?.verdicts[0]?.status, 'passed');
  });
});
