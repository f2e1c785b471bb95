import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Step, steps, Traffic } from './traffic.ts';

describe('the traffic by which snapshots are tested', () => {
  it('is answered with success by every operation in it', async () => {
    const answered = new Map<Step['do'], number>();
    for (const story of fc.sample(steps(60), { numRuns: 40, seed: 3 })) {
      const traffic = await Traffic.start();
      for (const step of [{ do: 'session', one: 0, other: 0 } as const, ...story]) {
        const answer = await traffic.step(step);
        if (/^\[20|"changes":[1-9]|^fault-|^$/.test(answer))
          answered.set(step.do, (answered.get(step.do) ?? 0) + 1);
      }
    }
    const never = [
      'fetch',
      'sync',
      'details',
      'account',
      'define',
      'assign',
      'unassign',
      'disown',
      'lock',
      'discovery',
      'push',
      'channel',
      'offline',
      'online',
      'rotate',
      'unregister',
      'add',
      'addMany',
      'remove',
      'move',
      'replace',
      'throttle',
      'fetched',
      'terms',
      'renew',
      'fault',
      'advance',
      'register',
      'associate',
      'disassociate',
      'revoke',
      'createUser',
      'retireUser',
      'accept',
      'buy',
      'seats',
      'configure',
      'contentToken',
      'content',
    ].filter((kind) => !answered.has(kind as Step['do']));
    assert.deepEqual(never, []);
  });
});
