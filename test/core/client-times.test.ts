import assert from 'node:assert/strict';
import { ClientTimes } from '../../src/core/client-times.ts';
import { Clock } from '../../src/core/clock.ts';
import { organizationOf } from '../organization/organization-of.ts';

const WALL = Date.parse('2026-11-24T12:00:00Z');
const VIRTUAL = Date.parse('2026-03-02T08:00:00Z');
const HOUR = 3_600_000;

describe('client timestamps', () => {
  it('are translated to virtual time with the current offset of the clock', () => {
    const times = new ClientTimes(new Clock({ at: VIRTUAL }, () => WALL), 'wall');
    assert.equal(times.toVirtual('a', WALL), VIRTUAL);
    assert.equal(times.toVirtual('b', WALL - HOUR), VIRTUAL - HOUR);
  });

  it('keep the offset of their first request, so that advancing the clock ages them', () => {
    const clock = new Clock({ at: VIRTUAL }, () => WALL);
    const times = new ClientTimes(clock, 'wall');
    times.toVirtual('old', WALL);
    clock.advance(HOUR);
    assert.equal(clock.now() - times.toVirtual('old', WALL), HOUR);
    assert.equal(clock.now() - times.toVirtual('new', WALL), 0);
  });

  it('are unchanged if the client uses the virtual clock', () => {
    const times = new ClientTimes(new Clock({ at: VIRTUAL }, () => WALL), 'virtual');
    assert.equal(times.toVirtual('a', WALL), WALL);
  });

  it('get the current offset again after a reset of the state', () => {
    const organization = organizationOf({ clock: { at: VIRTUAL, rate: 0 } });
    const { clientTimes, clock } = organization.runtime;
    const stampedAt = clock.wallNow();
    clientTimes.toVirtual('a', stampedAt);
    clock.advance(HOUR);
    const former = clientTimes.toVirtual('a', stampedAt);
    organization.reset();
    const current = clientTimes.toVirtual('a', stampedAt);
    assert.ok(Math.abs(current - former - HOUR) < 1000, `${current - former}`);
  });

  it('are remembered up to a bound, and the oldest is dropped first', () => {
    const clock = new Clock({ at: VIRTUAL }, () => WALL);
    const times = new ClientTimes(clock, 'wall');
    for (let stamp = 0; stamp <= 100_000; stamp += 1) times.toVirtual(String(stamp), WALL);
    clock.advance(HOUR);
    assert.equal(times.toVirtual('100000', WALL), VIRTUAL);
    assert.equal(times.toVirtual('0', WALL), VIRTUAL + HOUR);
  });
});
