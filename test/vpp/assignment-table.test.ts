import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AssignmentTable } from '../../src/organization/content/assignment-table.ts';

const operation = fc.record({
  add: fc.boolean(),
  asset: fc.nat(5),
  target: fc.nat(40),
});

describe('the table of assignments', () => {
  it('is a set of pairs, each with a license of its own, in whatever order they come and go', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 300, size: 'max' }), (operations) => {
        const table = new AssignmentTable();
        const model = new Set<string>();
        operations.forEach(({ add, asset, target }, version) => {
          const key = `${asset}/${target}`;
          const changed = add ? table.add(asset, target, version) : table.remove(asset, target, version);
          assert.equal(changed, add !== model.has(key));
          if (add) model.add(key);
          else model.delete(key);
        });
        const pairOf = (slot: number) => `${table.assetAt(slot)}/${table.targetAt(slot)}`;
        const pairs = table.page(0, 1000).map(pairOf);
        assert.deepEqual(pairs.toSorted(), [...model].sort());
        assert.equal(table.size, model.size);
        for (let asset = 0; asset <= 5; asset += 1) {
          const slots = table.ofAsset(asset);
          assert.equal(new Set(slots.map((slot) => table.licenseAt(slot))).size, slots.length);
          for (const slot of slots) {
            assert.equal(table.slotOfLicense(asset, table.licenseAt(slot)), slot);
            assert.equal(table.slotOf(asset, table.targetAt(slot)), slot);
          }
        }
        for (let target = 0; target <= 40; target += 1) {
          const held = table.ofTarget(target).map(pairOf).sort();
          assert.deepEqual(held, [...model].filter((key) => key.endsWith(`/${target}`)).sort());
          assert.equal(table.hasAny(target), held.length > 0);
        }
      }),
      { seed: 5 },
    );
  });

  it('grows, and pages through holes', () => {
    const table = new AssignmentTable();
    for (let target = 0; target < 20_000; target += 1) table.add(target % 7, target, 1);
    for (let target = 0; target < 20_000; target += 3) table.remove(target % 7, target, 2);
    const seen = new Set<number>();
    for (let start = 0; start < table.size; start += 500) {
      for (const slot of table.page(start, 500)) seen.add(slot);
    }
    assert.equal(seen.size, table.size);
    assert.equal(table.size, 20_000 - Math.ceil(20_000 / 3));
    for (let target = 0; target < 20_000; target += 1) {
      assert.equal(table.has(target % 7, target), target % 3 !== 0);
    }
  });
});
