import fc from 'fast-check';
import { refOf } from '../../../src/organization/inventory/serial-numbers.ts';
import type { NewestPush } from '../../../src/organization/push/newest-pushes.ts';
import { registrationOf } from '../../../src/organization/push/registration.ts';

/** Devices of neighboring and far pages and groups, their users, and tokens of no device. */
export const anyRegistration = fc.oneof(
  fc
    .tuple(fc.constantFrom(1, 2, 70, 2 ** 27), fc.constantFrom(0, 1, 15, 16, 31, 32, 33, 64, 16_777_215))
    .chain(([group, index]) =>
      fc.constantFrom(registrationOf(refOf(group, index)), registrationOf(refOf(group, index), 'user')),
    ),
  fc.constantFrom(-1, -2, -31, -32, -33, -64, -65, -1_000_000),
);

const upper = (id: string): string => id.toUpperCase();
const mixed = (id: string): string => id.slice(0, 18).toUpperCase() + id.slice(18);

export const anyId = fc.oneof(
  fc.uuid(),
  fc.uuid().map(upper),
  fc.uuid().map(mixed),
  fc.constantFrom(
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '12345678-1234-4234-8234-123456789012',
    '12345678-1234-4234-8234-12345678901\u0661',
    '12345678 1234-4234-8234-123456789012',
    '123456781234423482341234567890123456',
    'no UUID at all',
    '0',
  ),
);

export const anyTime = fc.oneof(
  fc.constantFrom(0, 1, -1000, 8_640_000_000_000_000),
  fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }),
);

export const anyNewestPush: fc.Arbitrary<NewestPush> = fc.record(
  {
    apnsId: fc.option(anyId, { nil: undefined, freq: 10 }),
    at: anyTime,
    fate: fc.constantFrom(undefined, 'delivered', 'stored', 'discarded'),
    reason: fc.constantFrom(undefined, 'overwritten', 'expired', 'unregistered', 'not_stored'),
    woke: fc.boolean(),
  },
  { noNullPrototype: true },
);
