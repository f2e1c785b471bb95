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

const told = (verdicts: readonly Verdict[]): string =>
  verdicts
    .filter(({ status }) => status !== 'passed')
    .map(({ name, status, reason, nearest }) => `${name}: ${status}, ${reason} (${nearest?.difference})`)
    .join('\n');

const namesOf = (verdicts: readonly Verdict[]): readonly string[] => verdicts.map(({ name }) => name);

describe('example scenarios', () => {
  it('have a story each, where they verifier', () => {
    const files = readdirSync('scenarios', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml') && !file.startsWith('declarations') && file !== 'default.yaml')
      // One that expects nothing is there to be served, and has nothing to show.
      .filter((file) => /^expect:/m.test(readFileSync(`scenarios/${file}`, 'utf8')))
      .map((file) => file.replaceAll('\\', '/').replace(/\.yaml$/, ''));
    assert.deepEqual(files.sort(), EXAMPLES.map(({ scenario }) => scenario).sort());
  });
});

for (const { scenario, story, failing } of EXAMPLES) {
  describe(`scenarios/${scenario}.yaml`, () => {
    it('passes an MDM server that does well', async () => {
      const verdicts = await verdictsOf(scenario, story);
      assert.equal(told(verdicts), '');
      assert.deepEqual(
        [...namesOf(verdicts)].sort(),
        Object.keys(failing).sort(),
        'each can be seen failing',
      );
    });

    for (const [name, row] of Object.entries(failing)) {
      const { by, also = [] }: Failing = typeof row === 'function' ? { by: row } : row;
      it(`fails one that does not: ${name}`, async () => {
        const verdicts = await verdictsOf(scenario, by(story));
        const failed = verdicts.filter(({ status }) => status !== 'passed');
        assert.deepEqual([...namesOf(failed)].sort(), [name, ...also].sort(), told(verdicts));
        assert.ok(failed.every(({ status }) => status === 'failed'));
      });
    }
  });
}
