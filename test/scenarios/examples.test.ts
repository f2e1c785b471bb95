import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Verdict } from '../../src/verify/verdict.ts';
import type { Failing } from './example.ts';
import { EXAMPLES } from './examples.ts';
import { appleOf, inProcess } from './in-process.ts';
import { play } from './scripted-mdm.ts';
import type { Story } from './step.ts';

const fileOf = (scenario: string): string => `scenarios/${scenario}.yaml`;

async function verdictsOf(scenario: string, story: Story): Promise<readonly Verdict[]> {
  const apple = await appleOf(fileOf(scenario));
  await play(story, inProcess(apple));
  const { timeline, verdicts } = apple.verify().suites[0]!;
  for (const { action, status, reason } of timeline)
    assert.notEqual(status, 'failed', `${action}: ${reason}`);
  return verdicts;
}

const shown = (verdicts: readonly Verdict[]): string =>
  verdicts
    .filter(({ status }) => status !== 'passed')
    .map(({ name, status, reason, nearest }) => `${name}: ${status}, ${reason} (${nearest?.difference})`)
    .join('\n');

const namesOf = (verdicts: readonly Verdict[]): readonly string[] => verdicts.map(({ name }) => name);

describe('example scenarios', () => {
  it('with expectations have a story each', () => {
    const files = readdirSync('scenarios', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml') && !file.startsWith('declarations') && file !== 'default.yaml')
      // A scenario without expectations needs no story.
      .filter((file) => /^expect:/m.test(readFileSync(`scenarios/${file}`, 'utf8')))
      .map((file) => file.replaceAll('\\', '/').replace(/\.yaml$/, ''));
    assert.deepEqual(files.sort(), EXAMPLES.map(({ scenario }) => scenario).sort());
  });
});

for (const { scenario, story, failing } of EXAMPLES) {
  describe(`scenarios/${scenario}.yaml`, () => {
    it('passes for a correct MDM server', async () => {
      const verdicts = await verdictsOf(scenario, story);
      assert.equal(shown(verdicts), '');
      assert.deepEqual(
        [...namesOf(verdicts)].sort(),
        Object.keys(failing).sort(),
        'each expectation has a failing case',
      );
    });

    for (const [name, row] of Object.entries(failing)) {
      const { by, also = [] }: Failing = typeof row === 'function' ? { by: row } : row;
      it(`fails for an incorrect MDM server: ${name}`, async () => {
        const verdicts = await verdictsOf(scenario, by(story));
        const failed = verdicts.filter(({ status }) => status !== 'passed');
        assert.deepEqual([...namesOf(failed)].sort(), [name, ...also].sort(), shown(verdicts));
        assert.ok(failed.every(({ status }) => status === 'failed'));
      });
    }
  });
}
