import assert from 'node:assert/strict';
import { ClientTimes } from '../../src/core/client-times.ts';
import { Clock } from '../../src/core/clock.ts';

const WALL = Date.parse('2026-11-24T12:00:00Z');
const VIRTUAL = Date.parse('2026-03-02T08:00:00Z');
const HOUR = 3_600_000;

describe('times that clients stamp', () => {
  it('are carried into virtual time with the offset in force', () => {
    const times = new ClientTimes(new Clock({ at: VIRTUAL }, () => WALL), 'wall');
    assert.equal(times.carry('a', WALL), VIRTUAL);
    assert.equal(times.carry('b', WALL - HOUR), VIRTUAL - HOUR);
  });

  it('keep the offset with which they first came: to advance ages them', () => {
    const clock = new Clock({ at: VIRTUAL }, () => WALL);
    const times = new ClientTimes(clock, 'wall');
    times.carry('old', WALL);
    clock.advance(HOUR);
    assert.equal(clock.now() - times.carry('old', WALL), HOUR);
    assert.equal(clock.now() - times.carry('new', WALL), 0);
  });

  it('are read as they stand where the client has the virtual clock', () => {
    const times = new ClientTimes(new Clock({ at: VIRTUAL }, () => WALL), 'virtual');
    assert.equal(times.carry('a', WALL), WALL);
  });

  it('come anew after they were forgotten', () => {
    const clock = new Clock({ at: VIRTUAL }, () => WALL);
    const times = new ClientTimes(clock, 'wall');
    times.carry('a', WALL);
    clock.advance(HOUR);
    times.forget();
    assert.equal(times.carry('a', WALL), clock.now());
  });

  it('are remembered in a bounded number, the oldest forgotten first', () => {
    const clock = new Clock({ at: VIRTUAL }, () => WALL);
    const times = new ClientTimes(clock, 'wall');
    for (let stamp = 0; stamp <= 100_000; stamp += 1) times.carry(String(stamp), WALL);
    clock.advance(HOUR);
    assert.equal(times.carry('100000', WALL), VIRTUAL);
    assert.equal(times.carry('0', WALL), VIRTUAL + HOUR);
  });
});
