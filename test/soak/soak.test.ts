import assert from 'node:assert/strict';
import { soak } from './soak.ts';

const TEN_SECONDS = 10_000;

describe('a server under mixed load, faults and hostile peers', () => {
  it('keeps responding, and exits with 0', async function () {
    this.timeout(120_000);
    const { counts, lastPush, end } = await soak(TEN_SECONDS);
    for (const what of [
      'push 200',
      'plain push 200',
      'enrollment 200',
      'listener 200',
      'portal',
      'hostile peer',
    ])
      assert.ok(counts.has(what), `${what} among ${[...counts.keys()].join(', ')}`);
    for (const what of counts.keys()) assert.doesNotMatch(what, / 500$/);
    assert.deepEqual([lastPush, end], [200, 0]);
  });
});
