import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRandom } from '../../../src/core/random.ts';
import { createNumbering } from '../../../src/organization/inventory/numbering.ts';
import { serialFormatNamed, serialFormats } from '../../../src/organization/inventory/serial-format.ts';
import {
  createSerialNumbers,
  GROUP_CAPACITY,
  groupOf,
  indexOf,
  refOf,
} from '../../../src/organization/inventory/serial-numbers.ts';
import { inventoryOf } from './inventory-of.ts';

describe('serial formats', () => {
  for (const { name, length, size, encode, decode } of serialFormats) {
    describe(name, () => {
      it('has one text for each number, and decodes it', () => {
        const numbers = fc.oneof(
          fc.constantFrom(0, 1, size - 1),
          fc.maxSafeInteger().map((number) => Math.abs(number) % size),
        );
        fc.assert(
          fc.property(numbers, (number) => {
            const text = encode(number);
            assert.match(text, /^[0-9A-HJ-NP-Z]+$/);
            assert.equal(text.length, length);
            assert.equal(decode(text), number);
          }),
        );
      });

      it('rejects numbers without a text', () => {
        for (const number of [-1, size, 0.5, Number.NaN]) assert.throws(() => encode(number), RangeError);
      });

      it('decodes no other text', () => {
        const serial = encode(12_345);
        for (const text of [
          serial.toLowerCase(),
          serial.slice(1),
          `${serial}0`,
          `${serial.slice(0, -1)}O`,
          '',
        ])
          assert.equal(decode(text), undefined, text);
      });

      it('shares no text with another format', () => {
        fc.assert(
          fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (number) => {
            const text = encode(number);
            const readers = serialFormats.filter((format) => format.decode(text) !== undefined);
            assert.deepEqual(
              readers.map((format) => format.name),
              [name],
            );
          }),
        );
      });
    });
  }

  it('look like those of real devices', () => {
    assert.match(serialFormatNamed('randomized').encode(1e15), /^[0-9A-Z]{10}$/);
    assert.match(serialFormatNamed('legacy-mac').encode(1e13), /^(C02|C1M|FVF|W80)[0-9A-Z]{9}$/);
    assert.match(serialFormatNamed('legacy-ipad').encode(1e13), /^(DMP|DMQ|DLX|F9F|GG7)[0-9A-Z]{9}$/);
  });
});

describe('serial numbers of generated devices', () => {
  const format = fc.constantFrom(...serialFormats.map(({ name }) => name));

  it('decode to format and device', () => {
    fc.assert(
      fc.property(
        fc.string(),
        format,
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 0, max: GROUP_CAPACITY - 1 }),
        (seed, name, group, index) => {
          const numbers = createSerialNumbers(seed);
          const reference = numbers.referenceOf(numbers.serialOf(name, refOf(group, index)));
          assert.deepEqual(reference, { format: name, ref: refOf(group, index) });
          assert.deepEqual([groupOf(reference.ref), indexOf(reference.ref)], [group, index]);
        },
      ),
    );
  });

  it('have room for two million full groups in every format', () => {
    for (const { name, size } of serialFormats) assert.ok(size / GROUP_CAPACITY > 2_000_000, name);
  });

  it('differ for another seed', () => {
    const [one, two] = ['1', '2'].map(createSerialNumbers);
    assert.notEqual(one!.serialOf('randomized', refOf(1, 0)), two!.serialOf('randomized', refOf(1, 0)));
  });

  it('find their own device, and a million random ones find nothing or their own device', () => {
    const numbering = createNumbering('7');
    const full = { generate: GROUP_CAPACITY, serial_format: 'legacy-appletv' } as const;
    const inventory = inventoryOf(numbering, [
      { generate: GROUP_CAPACITY },
      { generate: 1000, device_family: 'Mac' },
      // So many that some of the random ones are theirs.
      ...Array<typeof full>(500).fill(full),
    ]);
    for (const device of [refOf(1, 0), refOf(1, GROUP_CAPACITY - 1), refOf(2, 999), refOf(300, 77)]) {
      assert.equal(inventory.find(inventory.serialNumber(device)), device);
    }
    const random = createRandom('a million serial numbers');
    let found = 0;
    for (let count = 0; count < 1_000_000; count += 1) {
      const { size, encode } = serialFormats[random.below(serialFormats.length)]!;
      const serial = encode(Math.floor(random.fraction() * size));
      const device = inventory.find(serial);
      if (device === undefined) continue;
      found += 1;
      assert.equal(inventory.serialNumber(device), serial);
    }
    assert.ok(found > 0 && found < 200, `${found} found`);
  });

  it('are no device if the group, the index or the format has none', () => {
    const numbering = createNumbering('7');
    const inventory = inventoryOf(numbering, [{ generate: 10, serial_format: 'randomized' }]);
    const { serialOf } = numbering.serialNumbers;
    for (const serial of [
      serialOf('randomized', refOf(1, 10)),
      serialOf('randomized', refOf(2, 0)),
      serialOf('randomized', refOf(0, 0)),
      serialOf('legacy-mac', refOf(1, 0)),
      serialOf('randomized', refOf(1, 0)).toLowerCase(),
      'SIMULATOR07AAD449',
    ]) {
      assert.equal(inventory.find(serial), undefined, serial);
    }
  });
});
