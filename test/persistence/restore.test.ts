import assert from 'node:assert/strict';
import fc from 'fast-check';
import { steps, Traffic } from './traffic.ts';

describe('a snapshot', () => {
  it('gives the same responses again, byte for byte', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(steps(120), steps(80), async (before, after) => {
        const traffic = await Traffic.start();
        await traffic.run([{ do: 'session', one: 0, other: 0 }, ...before]);
        const memory = structuredClone(traffic.memory);
        const name = traffic.apple.snapshot();
        const first = [...(await traffic.run(after)), ...(await traffic.look())];

        await traffic.apple.restore(name);
        traffic.memory = structuredClone(memory);
        const second = [...(await traffic.run(after)), ...(await traffic.look())];
        assert.deepEqual(second, first);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('can be restored in another process with the same scenario', async () => {
    await fc.assert(
      fc.asyncProperty(steps(120), steps(80), async (before, after) => {
        const one = await Traffic.start();
        await one.run([{ do: 'session', one: 0, other: 0 }, ...before]);
        one.apple.snapshot('here');
        const snapshot = structuredClone(one.apple.snapshotsOf(one.tenant).get('here'));

        const other = await Traffic.start();
        other.memory = structuredClone(one.memory);
        await other.apple.restoreTo(other.tenant, snapshot);
        assert.deepEqual(await other.run(after), await one.run(after));
      }),
      { numRuns: 40, seed: 8 },
    );
  });
});
