import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Agenda } from '../../src/core/scheduler.ts';

describe('the agenda', () => {
  it('runs what is due in the order of time, and of scheduling where times are equal', () => {
    const times = fc.array(fc.nat(20), { maxLength: 40 });
    fc.assert(
      fc.property(times, fc.nat(20), (scheduled, now) => {
        const agenda = new Agenda();
        const ran: { at: number; order: number }[] = [];
        scheduled.forEach((at, order) => {
          agenda.schedule(at, () => ran.push({ at, order }));
        });
        agenda.runDue(now);
        const wanted = scheduled
          .map((at, order) => ({ at, order }))
          .filter(({ at }) => at <= now)
          .sort((one, other) => one.at - other.at || one.order - other.order);
        assert.deepEqual(ran, wanted);
        assert.equal(agenda.size, scheduled.length - wanted.length);
      }),
      { seed: 1 },
    );
  });

  it('tells each the time at which it was due, not the time at which it ran', () => {
    const agenda = new Agenda();
    const told: number[] = [];
    agenda.schedule(5, (at) => told.push(at));
    agenda.runDue(100);
    assert.deepEqual(told, [5]);
  });

  it('runs what is made due meanwhile, and leaves the rest', () => {
    const agenda = new Agenda();
    const ran: string[] = [];
    agenda.schedule(1, () => {
      ran.push('first');
      agenda.schedule(2, () => ran.push('due'));
      agenda.schedule(9, () => ran.push('later'));
    });
    agenda.runDue(5);
    assert.deepEqual(ran, ['first', 'due']);
    agenda.clear();
    agenda.runDue(100);
    assert.equal(ran.length, 2);
  });
});
