import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KINDS, type Step, steps, Traffic } from './traffic.ts';

describe('the traffic of the snapshot tests', () => {
  it('succeeds at least once for every operation', async () => {
    const answered = new Map<Step['do'], number>();
    for (const story of fc.sample(steps(60), { numRuns: 40, seed: 3 })) {
      const traffic = await Traffic.start();
      for (const step of [{ do: 'session', one: 0, other: 0 } as const, ...story]) {
        const answer = await traffic.step(step);
        if (/^\[20|"changes":[1-9]|^fault-|^$/.test(answer))
          answered.set(step.do, (answered.get(step.do) ?? 0) + 1);
      }
    }
    // It asks for a path that there is not.
    const never = [...new Set(KINDS)].filter((kind) => kind !== 'again' && !answered.has(kind));
    assert.deepEqual(never, []);
  });
});
