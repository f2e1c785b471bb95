import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createPermutation } from '../../src/core/permutation.ts';

const LARGEST = 2 ** 52;

/** Around squares and powers of two, where a rectangle changes its sides, and the sizes that are in use. */
const SIZES = [
  ...[
    1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 24, 25, 26, 63, 64, 65, 99, 100, 101, 255, 256, 257, 1000, 4097,
  ],
  ...[2 ** 24, 2 ** 28, 5e11, 34 ** 10, LARGEST - 1, LARGEST],
];

const anySize = fc.oneof(
  fc.constantFrom(...SIZES),
  fc.integer({ min: 1, max: 100_000 }),
  fc.double({ min: 0, max: 52, noNaN: true }).map((bits) => Math.floor(2 ** bits)),
);

describe('a keyed permutation', () => {
  it('maps every value of a small range to a unique value', () => {
    for (const size of SIZES.filter((each) => each <= 5000)) {
      const { forward } = createPermutation('key', size);
      const images = Array.from({ length: size }, (_, value) => forward(value));
      assert.deepEqual(
        images.toSorted((one, other) => one - other),
        Array.from({ length: size }, (_, value) => value),
        `size ${size}`,
      );
    }
  });

  it('has an exact inverse at every size', () => {
    fc.assert(
      fc.property(
        fc.string(),
        anySize,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (key, size, at) => {
          const { forward, backward } = createPermutation(key, size);
          for (const value of [0, Math.floor(at * size), size - 1]) {
            const image = forward(value);
            assert.ok(Number.isInteger(image) && image >= 0 && image < size);
            assert.equal(backward(image), value);
            assert.equal(forward(backward(value)), value);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('depends on the key only', () => {
    const places = (key: string) => {
      const { forward } = createPermutation(key, 1_000_003);
      return Array.from({ length: 50 }, (_, value) => forward(value));
    };
    assert.deepEqual(places('one'), places('one'));
    assert.notDeepEqual(places('one'), places('two'));
  });

  it('distributes neighbors over the complete range', () => {
    const size = 34 ** 10;
    const { forward } = createPermutation('key', size);
    const sixteenths = new Array<number>(16).fill(0);
    for (let value = 0; value < 16_000; value += 1) {
      const place = Math.floor((forward(value) / size) * 16);
      sixteenths[place] = sixteenths[place]! + 1;
    }
    for (const count of sixteenths) assert.ok(count > 800 && count < 1200, `${sixteenths}`);
  });

  for (const size of [0, -1, 1.5, Number.NaN, LARGEST + 1]) {
    it(`does not cover ${size} values`, () => {
      assert.throws(() => createPermutation('key', size), RangeError);
    });
  }

  for (const value of [-1, 100, 0.5, Number.NaN]) {
    it(`rejects ${value} for 100 values`, () => {
      const { forward, backward } = createPermutation('key', 100);
      assert.throws(() => forward(value), RangeError);
      assert.throws(() => backward(value), RangeError);
    });
  }
});
