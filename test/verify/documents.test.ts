import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { loadScenario } from '../../src/scenario/load.ts';

for (const file of ['docs/scenarios.md', 'docs/faults.md', 'docs/quirks.md']) {
  describe(file, () => {
    const text = readFileSync(file, 'utf8');
    const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);

    it('has examples', () => {
      assert.ok(blocks.length >= 1);
    });

    for (const block of blocks) {
      const [name] = block.split('\n');
      it(`has an example that can be served: ${name}`, async () => {
        const { scenario } = await loadScenario('scenarios/example.yaml', block, (path) =>
          readFileSync(path, 'utf8'),
        );
        assert.ok(scenario.organization.name !== '');
      });
    }
  });
}
