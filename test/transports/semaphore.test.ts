import assert from 'node:assert/strict';
import { KeyedSemaphore, Semaphore } from '../../src/transports/semaphore.ts';

describe('KeyedSemaphore', () => {
  /** A task that the test ends. */
  function started(semaphore: KeyedSemaphore, key: string, log: string[], name: string) {
    let resolve: (name: string) => void = () => {};
    let reject: (error: Error) => void = () => {};
    const promise = new Promise<string>((good, bad) => {
      resolve = good;
      reject = bad;
    });
    const done = semaphore.run(key, () => {
      log.push(name);
      return promise;
    });
    return { done, end: () => resolve(name), fail: () => reject(new Error(name)) };
  }

  it('runs tasks beyond the limit of their key in the order in which they came', async () => {
    const semaphore = new KeyedSemaphore(2);
    const log: string[] = [];
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => started(semaphore, 'one', log, name));
    assert.deepEqual(log, ['a', 'b']);
    b!.end();
    assert.equal(await b!.done, 'b');
    assert.deepEqual(log, ['a', 'b', 'c']);
    a!.fail();
    await assert.rejects(a!.done, { message: 'a' });
    assert.deepEqual(log, ['a', 'b', 'c', 'd']);
    c!.end();
    d!.end();
    assert.deepEqual(await Promise.all([c!.done, d!.done]), ['c', 'd']);
  });

  it('does not wait for tasks of another key', () => {
    const semaphore = new KeyedSemaphore(1);
    const log: string[] = [];
    for (const name of ['a', 'b', 'c']) started(semaphore, name, log, name);
    assert.deepEqual(log, ['a', 'b', 'c']);
  });
});

describe('Semaphore', () => {
  it('cannot be acquired when it is full, until a holder releases it', () => {
    const semaphore = new Semaphore(2);
    const [release] = [semaphore.tryAcquire(), semaphore.tryAcquire()];
    assert.deepEqual([semaphore.isFull, semaphore.held, semaphore.tryAcquire()], [true, 2, undefined]);
    release!();
    release!();
    assert.deepEqual([semaphore.isFull, semaphore.held], [false, 1]);
    assert.ok(semaphore.tryAcquire());
  });
});
