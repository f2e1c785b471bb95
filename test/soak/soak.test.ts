import assert from 'node:assert/strict';
import { soak } from './soak.ts';

const TEN_SECONDS = 10_000;

describe('a server under mixed load, faults and hostile peers', () => {
  it('keeps responding, never with 500, and exits with 0', async function () {
    this.timeout(120_000);
    const { counts, lastPush, exit } = await soak(TEN_SECONDS);
    for (const event of [
      'push 200',
      'plain push 200',
      'enrollment 200',
      'listener 200',
      'portal',
      'hostile peer',
    ])
      assert.ok(counts.has(event), `${event} among ${[...counts.keys()].join(', ')}`);
    for (const event of counts.keys()) assert.doesNotMatch(event, / 500$/);
    assert.deepEqual([lastPush, exit], [200, 0]);
  });
});
