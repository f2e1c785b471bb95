import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Scheduler } from '../../src/core/scheduler.ts';

describe('the scheduler', () => {
  it('runs due tasks in the order of time, and of scheduling for equal times', () => {
    const times = fc.array(fc.nat(20), { maxLength: 40 });
    fc.assert(
      fc.property(times, fc.nat(20), (scheduled, now) => {
        const scheduler = new Scheduler();
        const ran: { at: number; order: number }[] = [];
        scheduled.forEach((at, order) => {
          scheduler.schedule(at, () => ran.push({ at, order }));
        });
        scheduler.runDue(now);
        const wanted = scheduled
          .map((at, order) => ({ at, order }))
          .filter(({ at }) => at <= now)
          .sort((one, other) => one.at - other.at || one.order - other.order);
        assert.deepEqual(ran, wanted);
        assert.equal(scheduler.size, scheduled.length - wanted.length);
      }),
      { seed: 1 },
    );
  });

  it('passes the time at which a task was due, not the time at which it ran', () => {
    const scheduler = new Scheduler();
    const passed: number[] = [];
    scheduler.schedule(5, (at) => passed.push(at));
    scheduler.runDue(100);
    assert.deepEqual(passed, [5]);
  });

  it('runs tasks that become due meanwhile, and leaves the rest', () => {
    const scheduler = new Scheduler();
    const ran: string[] = [];
    scheduler.schedule(1, () => {
      ran.push('first');
      scheduler.schedule(2, () => ran.push('due'));
      scheduler.schedule(9, () => ran.push('later'));
    });
    scheduler.runDue(5);
    assert.deepEqual(ran, ['first', 'due']);
    scheduler.clear();
    scheduler.runDue(100);
    assert.equal(ran.length, 2);
  });
});
