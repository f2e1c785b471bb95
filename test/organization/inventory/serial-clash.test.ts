import assert from 'node:assert/strict';
import { performAction } from '../../../src/organization/actions.ts';
import { ActionError } from '../../../src/organization/area.ts';
import { createNumbering } from '../../../src/organization/inventory/numbering.ts';
import { refOf } from '../../../src/organization/inventory/serial-numbers.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { ScenarioError } from '../../../src/scenario/reading/problem.ts';
import { simulateApple } from '../../../src/simulated-apple.ts';

const serialOf = (group: number, index: number, seed = '1') =>
  createNumbering(seed).serialNumbers.serialOf('randomized', refOf(group, index));

/** The generated devices are the second group of the file, the named ones before them the first. */
const fileWith = (serial: string) => `name: clash
seed: 1
devices:
  - { serial_number: C02NAMED0001 }
  - serial_number: ${serial}
  - { generate: 100, serial_format: randomized }
`;

describe('a named device with the serial number of a generated one', () => {
  it('is rejected with its position in the file', async () => {
    const serial = serialOf(2, 99);
    await assert.rejects(loadScenario('clash.yaml', fileWith(serial)), (error) => {
      assert.ok(error instanceof ScenarioError);
      assert.equal(error.problems.length, 1);
      const [{ line, column, message, hint } = {} as never] = error.problems;
      assert.deepEqual([line, column], [5, 20]);
      assert.equal(message, `a generated device of this file has the serial number ${serial}`);
      assert.match(hint ?? '', /change this serial number/);
      return true;
    });
  });

  for (const [which, serial] of [
    ['behind the last of the group', serialOf(2, 100)],
    ['of a group that is not there', serialOf(3, 0)],
    ['under another seed', serialOf(2, 99, '2')],
  ] as const) {
    it(`is accepted if the generated one is ${which}`, async () => {
      const { scenario } = await loadScenario('clash.yaml', fileWith(serial));
      assert.equal(scenario.organization.devices.length, 3);
    });
  }

  it('is rejected when the portal adds the generated devices later', async () => {
    const apple = await simulateApple(fileWith(serialOf(3, 5)));
    const { organization } = apple.tenants.default;
    const devices = organization.enrollment.inventory.deviceCount;
    assert.throws(
      () => performAction(organization, { add_devices: [{ generate: 10, serial_format: 'randomized' }] }),
      ActionError,
    );
    assert.equal(organization.enrollment.inventory.deviceCount, devices);
  });
});
