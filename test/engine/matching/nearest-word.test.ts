import assert from 'node:assert/strict';
import { bothEnds, nearestWord } from '../../../src/engine/matching/nearest-word.ts';

const WORDS = ['devices', 'mdm_servers', 'behavior', 'faults', 'clock', 'seed', 'name'];

const CASES: readonly (readonly [word: string, nearest: string | undefined])[] = [
  ['device', 'devices'],
  ['Devices', 'devices'],
  ['devcies', 'devices'],
  ['mdm-servers', 'mdm_servers'],
  ['mdmservers', 'mdm_servers'],
  ['behavior', 'behavior'],
  ['fault', 'faults'],
  ['sede', 'seed'],
  ['x', undefined],
  ['', undefined],
  ['expectations', undefined],
  ['q'.repeat(100_000), undefined],
];

describe('nearestWord', () => {
  for (const [word, nearest] of CASES)
    it(`of ${JSON.stringify(word.slice(0, 20))} is ${nearest}`, () =>
      assert.equal(nearestWord(word, WORDS), nearest));

  it('is undefined without words', () => assert.equal(nearestWord('a', []), undefined));
});

describe('bothEnds', () => {
  it('shortens a long name in the middle', () => {
    assert.equal(bothEnds(`CK_${'a'.repeat(60)}1`), `CK_${'a'.repeat(17)}…${'a'.repeat(11)}1`);
  });

  it('returns a name that is short enough unchanged', () => {
    for (const length of [0, 1, 33]) assert.equal(bothEnds('a'.repeat(length)), 'a'.repeat(length));
    assert.equal(bothEnds('a'.repeat(34)).length, 33);
  });
});
