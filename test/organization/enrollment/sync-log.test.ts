import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SyncLog, spanOf } from '../../../src/organization/enrollment/sync-log.ts';
import type { DeviceRef } from '../../../src/organization/inventory/serial-numbers.ts';

const inARow = fc
  .tuple(fc.nat(), fc.integer({ min: 1, max: 20 }))
  .map(([first, count]) => Array.from({ length: count }, (_, index) => first + index));

const anyDevices = fc.oneof(fc.array(fc.nat({ max: 50 }), { maxLength: 20 }), inARow);

/** All devices of a log in pages, each page from the position at which the one before ended. */
function pages(log: SyncLog, limit: number): readonly DeviceRef[] {
  const devices: DeviceRef[] = [];
  for (let from = { number: 0, offset: 0 }; ; ) {
    const { records, next, more } = log.read(from, limit, () => true);
    assert.ok(records.length <= limit);
    devices.push(...records.map(({ device }) => device));
    from = next;
    if (!more) return devices;
  }
}

describe('the sync log', () => {
  it('returns the devices of its events in order, for any page size', () => {
    fc.assert(
      fc.property(
        fc.array(anyDevices, { maxLength: 10 }),
        fc.integer({ min: 1, max: 30 }),
        (events, limit) => {
          const log = new SyncLog();
          events.forEach((devices, index) => {
            log.append({ number: index + 1, at: index, operation: 'modified', devices: spanOf(devices) });
          });
          assert.deepEqual(pages(log, limit), events.flat());
        },
      ),
    );
  });

  it('stores consecutive devices as first and count', () => {
    assert.deepEqual(spanOf([7, 8, 9]), { first: 7, count: 3 });
    assert.deepEqual(spanOf([7, 9, 8]), Float64Array.of(7, 9, 8));
  });
});
