import assert from 'node:assert/strict';
import { Clock, instant, preciseInstant, wholeSecond } from '../../src/core/clock.ts';

const START = Date.parse('2026-03-02T08:00:00Z');

/** A wall clock that is set by hand. */
const wallAt = (start: number) => {
  let now = start;
  return Object.assign(() => now, {
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  });
};

describe('the virtual clock', () => {
  it('is real time if nothing is set', () => {
    const wall = wallAt(1000);
    const clock = new Clock({}, wall);
    wall.pass(250);
    assert.equal(clock.now(), 1250);
    assert.equal(clock.wallNow(), 1250);
  });

  const RATES: readonly (readonly [rate: number | undefined, passed: number])[] = [
    [undefined, 1000],
    [1, 1000],
    [60, 60_000],
    [0.5, 500],
    [0, 0],
    [0.0003, 0],
  ];
  for (const [rate, passed] of RATES) {
    it(`runs on from where it was set, at rate ${rate}`, () => {
      const wall = wallAt(5);
      const clock = new Clock({ at: START, rate }, wall);
      assert.equal(clock.now(), START);
      wall.pass(1000);
      assert.equal(clock.now(), START + passed);
      assert.equal(clock.at(5), START);
    });
  }

  it('jumps by what it is advanced, backwards too, and keeps its rate', () => {
    const wall = wallAt(0);
    const clock = new Clock({ at: START, rate: 2 }, wall);
    wall.pass(100);
    clock.advance(3_600_000);
    assert.equal(clock.now(), START + 200 + 3_600_000);
    clock.advance(-3_600_000);
    wall.pass(50);
    assert.equal(clock.now(), START + 300);
    assert.equal(clock.rate, 2);
  });

  it('freezes and continues without a jump', () => {
    const wall = wallAt(0);
    const clock = new Clock({ at: START }, wall);
    wall.pass(100);
    clock.set({ rate: 0 });
    wall.pass(10_000);
    assert.equal(clock.now(), START + 100);
    clock.set({ rate: 1 });
    wall.pass(1);
    assert.equal(clock.now(), START + 101);
  });

  it('stays within the range of dates', () => {
    const clock = new Clock({ at: START });
    for (const at of [Number.NaN, Number.POSITIVE_INFINITY, 8_640_000_000_000_001, -8_640_000_000_000_001])
      assert.throws(() => clock.set({ at }), RangeError);
    assert.throws(() => clock.advance(Number.MAX_SAFE_INTEGER), RangeError);
    assert.ok(Math.abs(clock.now() - START) < 60_000);
  });
});

describe('instants', () => {
  it('are printed in whole seconds for Apple, with milliseconds for the journal', () => {
    assert.equal(instant(START + 999), '2026-03-02T08:00:00Z');
    assert.equal(preciseInstant(START + 999), '2026-03-02T08:00:00.999Z');
    assert.equal(wholeSecond(START + 999), START);
    assert.equal(wholeSecond(-1), -1000);
  });
});
