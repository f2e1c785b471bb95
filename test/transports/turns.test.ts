import assert from 'node:assert/strict';
import { Turns } from '../../src/transports/turns.ts';

describe('work that is done in turns', () => {
  /** Work that ends when it is told to. */
  function begun(turns: Turns, key: string, started: string[], name: string) {
    let resolve: (name: string) => void = () => {};
    let reject: (error: Error) => void = () => {};
    const promise = new Promise<string>((good, bad) => {
      resolve = good;
      reject = bad;
    });
    const done = turns.take(key, () => {
      started.push(name);
      return promise;
    });
    return { done, end: () => resolve(name), fail: () => reject(new Error(name)) };
  }

  it('waits where too much of its key is under way, in the order in which it came', async () => {
    const turns = new Turns(2);
    const started: string[] = [];
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => begun(turns, 'one', started, name));
    assert.deepEqual(started, ['a', 'b']);
    b!.end();
    assert.equal(await b!.done, 'b');
    assert.deepEqual(started, ['a', 'b', 'c']);
    a!.fail();
    await assert.rejects(a!.done, { message: 'a' });
    assert.deepEqual(started, ['a', 'b', 'c', 'd']);
    c!.end();
    d!.end();
    assert.deepEqual(await Promise.all([c!.done, d!.done]), ['c', 'd']);
  });

  it('waits for none of another key', () => {
    const turns = new Turns(1);
    const started: string[] = [];
    for (const name of ['a', 'b', 'c']) begun(turns, name, started, name);
    assert.deepEqual(started, ['a', 'b', 'c']);
  });
});
