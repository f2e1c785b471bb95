import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { outcomesOf } from './crabapple-control.ts';
import { skipWithoutGo } from './go-toolchain.ts';
import { NanodepFixture } from './nanodep-fixture.ts';
import { serialsOf } from './webhook-receiver.ts';

/** The token of depsim, Apple's former simulator, as nanodep's guide uses it. */
describe('nanodep with the server token of depsim', () => {
  const depName = 'simulator';
  let fixture: NanodepFixture;

  before(async function () {
    this.timeout(300_000);
    skipWithoutGo(this, 'nanodep');
    fixture = await NanodepFixture.start(readFileSync('scenarios/default.yaml', 'utf8'));
  });

  after(async () => {
    if (fixture !== undefined) assert.equal(await fixture.stop(), 0);
  });

  it('reads the account and every device of the default scenario', async () => {
    const token = await (await fetch(`${fixture.apple.url}/token`)).text();
    const stored = await fixture.depserver.request('PUT', `/v1/tokens/${depName}`, token);
    assert.equal(stored.status, 200, stored.text);
    await fixture.setBaseUrl(depName);
    const account = await fixture.proxy(depName, 'GET', '/account');
    assert.equal(account.body.server_name, 'First MDM');

    const { entries, fetched } = await fixture.sync(depName);
    assert.deepEqual(outcomesOf(entries), [
      'dep.session',
      'dep.devices.fetch',
      'dep.devices.fetch',
      'dep.devices.sync',
    ]);
    assert.deepEqual(serialsOf(fetched), await fixture.apple.control.serialsOf('First MDM'));
    assert.equal(fetched.length, 133);
  });
});
