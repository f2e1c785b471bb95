import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { loadScenario } from '../../src/scenario/load.ts';

const FILE = 'docs/scenarios.md';

describe(FILE, () => {
  const text = readFileSync(FILE, 'utf8');
  const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);

  it('has examples', () => {
    assert.ok(blocks.length >= 4);
  });

  for (const block of blocks) {
    const [name] = block.split('\n');
    it(`has an example that can be served: ${name}`, async () => {
      const { judgement } = await loadScenario('scenarios/example.yaml', block, (path) =>
        readFileSync(path, 'utf8'),
      );
      assert.ok(judgement.expectations.length + judgement.timeline.length > 0);
    });
  }
});
