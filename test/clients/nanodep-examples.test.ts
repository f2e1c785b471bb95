import assert from 'node:assert/strict';
import { ENROLLMENT_EXAMPLES } from '../scenarios/examples.ts';
import { nanomdm } from './go-push-clients.ts';
import { skipWithoutGo } from './go-toolchain.ts';
import { NANODEP_EXAMPLES } from './nanodep-examples.ts';
import { NanodepWorld } from './nanodep-world.ts';

describe('nanodep in the example scenarios', () => {
  let world: NanodepWorld;

  before(async function () {
    this.timeout(300_000);
    skipWithoutGo(this, 'nanodep');
    await nanomdm.prepare(this);
    world = await NanodepWorld.start();
  });

  after(async () => {
    await world?.stop();
  });

  it('goes through each of device enrollment', () => {
    assert.deepEqual(
      NANODEP_EXAMPLES.map(({ scenario }) => scenario),
      ENROLLMENT_EXAMPLES.map(({ scenario }) => scenario),
    );
  });

  for (const { scenario, play, fails = [] } of NANODEP_EXAMPLES) {
    const outcome = fails.length === 0 ? 'passes' : `fails, for it does not do this: ${fails.join('; ')}`;
    it(`${scenario}: ${outcome}`, async () => {
      const organization = await world.organizationOf(scenario);
      await play(organization);
      const { verdicts } = organization;
      const failed = verdicts.filter(({ status }) => status !== 'passed');
      const told = failed.map(({ name, reason, nearest }) => `${name}: ${reason} (${nearest?.difference})`);
      assert.deepEqual(
        failed.map(({ name }) => name),
        fails,
        `${told.join('\n')}\n${world.depserver.output.slice(-4000)}`,
      );
    });
  }
});
