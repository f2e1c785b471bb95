import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { answersOf } from './crabapple-control.ts';
import { skipWithoutGo } from './go-toolchain.ts';
import { NanodepStory } from './nanodep-story.ts';
import { serialsOf } from './webhook-receiver.ts';

/** As nanodep's guide has it for Apple's former simulator. */
describe('nanodep with the token of the former simulator', () => {
  const depName = 'simulator';
  let story: NanodepStory;

  before(async function () {
    this.timeout(300_000);
    skipWithoutGo(this, 'nanodep');
    story = await NanodepStory.start(readFileSync('scenarios/default.yaml', 'utf8'));
  });

  after(async () => {
    if (story !== undefined) assert.equal(await story.stop(), 0);
  });

  it('reads the account and every device of the default scenario', async () => {
    const token = await (await fetch(`${story.apple.url}/token`)).text();
    const stored = await story.depserver.ask('PUT', `/v1/tokens/${depName}`, token);
    assert.equal(stored.status, 200, stored.text);
    await story.pointAtApple(depName);
    const account = await story.proxy(depName, 'GET', '/account');
    assert.equal(account.body.server_name, 'First MDM');

    const { entries, fetched } = await story.sync(depName);
    assert.deepEqual(answersOf(entries), [
      'dep.session',
      'dep.devices.fetch',
      'dep.devices.fetch',
      'dep.devices.sync',
    ]);
    assert.deepEqual(serialsOf(fetched), await story.apple.control.serialsOf('First MDM'));
    assert.equal(fetched.length, 133);
  });
});
