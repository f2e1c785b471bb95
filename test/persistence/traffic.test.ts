import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KINDS, type Step, steps, Traffic } from './traffic.ts';

describe('the traffic of the snapshot tests', () => {
  it('succeeds at least once for every operation', async () => {
    const succeeded = new Map<Step['do'], number>();
    for (const story of fc.sample(steps(60), { numRuns: 40, seed: 3 })) {
      const traffic = await Traffic.start();
      for (const step of [{ do: 'session', one: 0, other: 0 } as const, ...story]) {
        const answer = await traffic.step(step);
        if (/^\[20|"changes":[1-9]|^fault-|^$/.test(answer))
          succeeded.set(step.do, (succeeded.get(step.do) ?? 0) + 1);
      }
    }
    // `again` requests an unknown path.
    const never = [...new Set(KINDS)].filter((kind) => kind !== 'again' && !succeeded.has(kind));
    assert.deepEqual(never, []);
  });
});
