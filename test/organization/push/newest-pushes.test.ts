import assert from 'node:assert/strict';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { type NewestPush, NewestPushes } from '../../../src/organization/push/newest-pushes.ts';
import type { RegistrationNumber } from '../../../src/organization/push/registration.ts';
import { PushRates } from '../../../src/organization/push/registration-rows.ts';
import { anyId, anyNewestPush, anyRegistration, anyTime } from './any-newest-push.ts';

const numerically = (numbers: Iterable<number>): number[] => [...numbers].sort((one, other) => one - other);

describe('the newest pushes of registrations', () => {
  const written = fc.array(fc.tuple(anyRegistration, anyNewestPush), { maxLength: 60 });

  function assertRead(pushes: NewestPushes, model: ReadonlyMap<RegistrationNumber, NewestPush>): void {
    assert.deepEqual(numerically(pushes.registrations()), numerically(model.keys()));
    for (const [registration, push] of model) assert.deepEqual(pushes.of(registration), push);
  }

  it('are read as they were written, by registration', () => {
    fc.assert(
      fc.property(written, anyRegistration, (writes, other) => {
        const pushes = new NewestPushes();
        const model = new Map<RegistrationNumber, NewestPush>();
        for (const [registration, push] of writes) {
          pushes.write(registration, push);
          model.set(registration, push);
          assert.deepEqual(pushes.of(other), model.get(other));
        }
        assertRead(pushes, model);
      }),
    );
  });

  it('are the same after they were saved, serialized and restored, and later pushes do not change what was saved', () => {
    fc.assert(
      fc.property(written, written, (before, after) => {
        const pushes = new NewestPushes();
        for (const [registration, push] of before) pushes.write(registration, push);
        const saved = pushes.save();
        const model = new Map(before);
        for (const [registration, push] of after) pushes.write(registration, push);
        for (const form of [saved, deserialize(serialize(saved)) as typeof saved]) {
          const restored = new NewestPushes();
          restored.restore(form);
          assertRead(restored, model);
          for (const [registration, push] of after) restored.write(registration, push);
          assertRead(restored, new Map([...before, ...after]));
        }
        const again = new NewestPushes();
        again.restore(saved);
        assertRead(again, model);
      }),
    );
  });

  it('keep an id byte for byte', () => {
    fc.assert(
      fc.property(anyRegistration, fc.array(anyId, { minLength: 1 }), (registration, ids) => {
        const pushes = new NewestPushes();
        for (const apnsId of ids) {
          pushes.write(registration, { apnsId, at: 1, fate: 'delivered', reason: undefined, woke: true });
          assert.equal(pushes.of(registration)?.apnsId, apnsId);
        }
      }),
    );
  });

  it('keep no text of an id that is a UUID in one case', () => {
    const pushes = new NewestPushes();
    const push = { at: 1, fate: 'delivered', reason: undefined, woke: true } as const;
    pushes.write(4, { ...push, apnsId: 'AB345678-1234-4234-8234-1234567890ab' });
    assert.equal(pushes.save().otherIds.length, 1);
    for (const registration of [4, 6, -1])
      pushes.write(registration, { ...push, apnsId: 'ab345678-1234-4234-8234-1234567890ab' });
    pushes.write(5, { ...push, apnsId: 'AB345678-1234-4234-8234-1234567890AB' });
    assert.deepEqual(pushes.save().otherIds, []);
  });

  it('of neighbors share a page, and no other page exists', () => {
    const pushes = new NewestPushes();
    const push = { apnsId: undefined, at: 1, fate: 'delivered', reason: undefined, woke: true } as const;
    for (let device = 0; device < 32; device += 1) pushes.write(device * 2, push);
    assert.equal(pushes.save().rows.length, 1);
    pushes.write(2_000_000, push);
    assert.equal(pushes.save().rows.length, 2);
  });
});

describe('the rate of pushes to a registration', () => {
  it('counts within a minute from the first push, and starts again when the clock is set back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyRegistration, fc.oneof(anyTime, fc.integer({ min: 0, max: 200_000 })))),
        (pushes) => {
          const rates = new PushRates();
          const model = new Map<RegistrationNumber, { countedFrom: number; counted: number }>();
          for (const [registration, at] of pushes) {
            rates.count(registration, at);
            const rate = model.get(registration) ?? { countedFrom: 0, counted: 0 };
            const { countedFrom } = rate;
            model.set(
              registration,
              at >= countedFrom && at < countedFrom + 60_000
                ? { countedFrom, counted: rate.counted + 1 }
                : { countedFrom: at, counted: 1 },
            );
          }
          const restored = new PushRates();
          restored.restore(rates.save());
          assert.deepEqual(numerically(restored.registrations()), numerically(model.keys()));
          for (const [registration, rate] of model) assert.deepEqual(restored.of(registration), rate);
        },
      ),
    );
  });
});
