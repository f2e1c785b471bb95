import assert from 'node:assert/strict';
import { ENROLLMENT_EXAMPLES } from '../scenarios/examples.ts';
import { nanomdm } from './go-push-clients.ts';
import { skipWithoutGo } from './go-toolchain.ts';
import { NANODEP_EXAMPLES } from './nanodep-examples.ts';
import { SharedNanodep } from './shared-nanodep.ts';

describe('nanodep in the example scenarios', () => {
  let nanodep: SharedNanodep;

  before(async function () {
    this.timeout(300_000);
    skipWithoutGo(this, 'nanodep');
    await nanomdm.prepare(this);
    nanodep = await SharedNanodep.start();
  });

  after(async () => {
    await nanodep?.stop();
  });

  it('covers every example scenario of device enrollment', () => {
    assert.deepEqual(
      NANODEP_EXAMPLES.map(({ scenario }) => scenario),
      ENROLLMENT_EXAMPLES.map(({ scenario }) => scenario),
    );
  });

  for (const { scenario, run, fails = [] } of NANODEP_EXAMPLES) {
    const outcome =
      fails.length === 0 ? 'meets all expectations' : `fails the expectations: ${fails.join('; ')}`;
    it(`${scenario}: ${outcome}`, async () => {
      const organization = await nanodep.addOrganization(scenario);
      await run(organization);
      const { verdicts } = organization;
      const failed = verdicts.filter(({ status }) => status !== 'passed');
      const details = failed.map(
        ({ name, reason, nearest }) => `${name}: ${reason} (${nearest?.difference})`,
      );
      assert.deepEqual(
        failed.map(({ name }) => name),
        fails,
        `${details.join('\n')}\n${nanodep.depserver.output.slice(-4000)}`,
      );
    });
  }
});
