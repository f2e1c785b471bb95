import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  DeviceColumns,
  type DeviceState,
  DISOWNED,
  NO_PROFILE,
  NO_SERVER,
  PROFILE_STATUSES,
} from '../../../src/organization/inventory/device-columns.ts';
import { arrived } from './inventory-of.ts';

const anyState: fc.Arbitrary<DeviceState> = fc.record(
  {
    server: fc.constantFrom(NO_SERVER, DISOWNED, 0, 1, 30_000),
    profile: fc.constantFrom(NO_PROFILE, 0, 1, 2_000_000_000),
    profileStatus: fc.constantFrom(...PROFILE_STATUSES),
    assignedDate: fc.constantFrom(0, -1000, 1_800_000_000_000),
    profileAssignTime: fc.constantFrom(0, 1_800_000_000_000),
    profilePushTime: fc.constantFrom(0, 8_640_000_000_000_000),
    memberSince: fc.constantFrom(0, 1, 7, 4_000_000_000),
  },
  { noNullPrototype: true },
);

const anyEdits: fc.Arbitrary<Partial<DeviceState>> = fc
  .tuple(anyState, fc.array(fc.constantFrom(...(Object.keys(arrived(0, 1)) as (keyof DeviceState)[]))))
  .map(([state, names]) => Object.fromEntries(names.map((name) => [name, state[name]])));

describe('columns of device state', () => {
  it('hold the same as an array of states', () => {
    fc.assert(
      fc.property(
        anyState,
        fc.constantFrom(1, 2, 1023, 1024, 1025, 3000),
        fc.array(fc.tuple(fc.nat(), anyEdits), { maxLength: 30 }),
        (base, count, edits) => {
          const columns = new DeviceColumns(base, count);
          const states = Array.from({ length: count }, () => ({ ...base }));
          for (const [at, members] of edits) {
            columns.edit(at % count, members);
            Object.assign(states[at % count]!, members);
          }
          for (const [index, state] of states.entries()) {
            assert.deepEqual(columns.read(index), state);
            assert.equal(columns.server(index), state.server);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('find the next member of an MDM server', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 1024, 2500),
        fc.array(fc.tuple(fc.nat(), anyEdits), { maxLength: 10 }),
        fc.nat(),
        fc.constantFrom(0, 1, NO_SERVER),
        fc.nat({ max: 10 }),
        (count, edits, from, server, before) => {
          const columns = new DeviceColumns(arrived(0, 3), count);
          for (const [at, members] of edits) columns.edit(at % count, members);
          let wanted: number | undefined;
          for (let index = count - 1; index >= from % count; index -= 1) {
            const state = columns.read(index);
            if (state.server === server && state.memberSince <= before) wanted = index;
          }
          assert.equal(columns.next(from % count, server, before), wanted);
        },
      ),
    );
  });
});
