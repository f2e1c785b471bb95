import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DEVICE_FAMILIES } from '../../../src/organization/inventory/device-facts.ts';
import {
  createGeneratedGroup,
  factsOf,
  type GenerateDefinition,
} from '../../../src/organization/inventory/device-groups.ts';
import { deviceModels, MODEL_NAMES } from '../../../src/organization/inventory/device-model.ts';
import { createNumbering } from '../../../src/organization/inventory/numbering.ts';
import { serialFormatNamed } from '../../../src/organization/inventory/serial-format.ts';

const place = { number: 1, firstOrdinal: 0 };

const groupOf = (definition: GenerateDefinition, seed = '1', at = place) =>
  createGeneratedGroup(createNumbering(seed), at, definition);

const inventoryOf = (seed: string, at = place, count = 50) => {
  const group = groupOf({ generate: count }, seed, at);
  return Array.from({ length: count }, (_, index) => ({
    ...factsOf(group, index),
    ...group.identifiers(index),
  }));
};

const anyIndex = fc.integer({ min: 0, max: 9_999 });

describe('a generated group', () => {
  it('is the same for the same seed and place, in any order of reads', () => {
    const group = groupOf({ generate: 50 });
    const backwards = Array.from({ length: 50 }, (_, index) => 49 - index).map((index) => ({
      ...factsOf(group, index),
      ...group.identifiers(index),
    }));
    assert.deepEqual(backwards.reverse(), inventoryOf('1'));
    assert.deepEqual(inventoryOf('1'), inventoryOf('1'));
  });

  it('differs for another seed or place', () => {
    const serials = (devices: ReturnType<typeof inventoryOf>) =>
      devices.map((device) => device.serial_number);
    const models = (devices: ReturnType<typeof inventoryOf>) => devices.map((device) => device.model);
    for (const other of [inventoryOf('2'), inventoryOf('1', { number: 2, firstOrdinal: 50 })]) {
      assert.notDeepEqual(serials(other), serials(inventoryOf('1')));
      assert.notDeepEqual(models(other), models(inventoryOf('1')));
    }
  });

  it('has devices of every family if none is given', () => {
    const families = new Set(inventoryOf('1', place, 2000).map((device) => device.device_family));
    assert.deepEqual([...families].toSorted(), [...DEVICE_FAMILIES].toSorted());
  });

  for (const family of DEVICE_FAMILIES) {
    it(`of the family ${family} has its models, with serial numbers in their format`, () => {
      const group = groupOf({ generate: 10_000, device_family: family });
      fc.assert(
        fc.property(anyIndex, (index) => {
          const { model, serial_number, os, color, description, device_family } = factsOf(group, index);
          const rows = deviceModels.filter((row) => row.name === model && row.device_family === family);
          assert.equal(device_family, family);
          assert.ok(rows.some((row) => row.os === os));
          assert.ok(
            rows.some((row) => (color === undefined ? row.colors.length === 0 : row.colors.includes(color))),
          );
          assert.ok(
            rows.some((row) => serialFormatNamed(row.serialFormat).decode(serial_number) !== undefined),
          );
          assert.doesNotMatch(description, /[{}]|undefined/);
        }),
      );
    });
  }

  for (const model of MODEL_NAMES) {
    it(`of ${model} has nothing else, and identifiers for the radios that it has`, () => {
      const group = groupOf({ generate: 200, model });
      for (let index = 0; index < 200; index += 1) {
        const { cellular, ethernet, ...kind } = group.kind(index);
        const { imei, eid, ethernet_mac_address } = group.identifiers(index);
        assert.equal(kind.model, model);
        assert.deepEqual([imei !== undefined, eid !== undefined], [cellular, cellular]);
        assert.equal(ethernet_mac_address !== undefined, ethernet);
      }
    });
  }

  it('uses color, description and serial format of the scenario', () => {
    const group = groupOf({
      generate: 100,
      color: 'PLAID',
      description: 'KILT',
      serial_format: 'legacy-ipod',
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), (index) => {
        const { color, description, serial_number } = factsOf(group, index);
        assert.deepEqual([color, description], ['PLAID', 'KILT']);
        assert.notEqual(serialFormatNamed('legacy-ipod').decode(serial_number), undefined);
      }),
    );
  });

  it('shares one kind among similar devices', () => {
    const group = groupOf({ generate: 10_000, model: 'Apple Vision Pro', color: 'SILVER' });
    const kinds = new Set(Array.from({ length: 10_000 }, (_, index) => group.kind(index)));
    // Three configurations in eight regions.
    assert.ok(kinds.size <= 24, `${kinds.size} kinds`);
  });

  for (const [pattern, index, tag] of [
    ['A-{n}', 0, 'A-1'],
    ['A-{n:5}', 41, 'A-00042'],
    ['{n:2}/{n}', 99, '100/100'],
    ['no number', 3, 'no number'],
    ['{m} {n', 3, '{m} {n'],
    ['{n:0}', 3, '4'],
  ] as const) {
    it(`writes the asset tag ${tag} by the pattern ${pattern}`, () => {
      assert.equal(groupOf({ generate: 1000, asset_tag: pattern }).assetTag(index), tag);
    });
  }

  it('has no asset tags without a pattern', () => {
    assert.equal(groupOf({ generate: 1 }).assetTag(0), undefined);
  });
});
