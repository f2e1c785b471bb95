import assert from 'node:assert/strict';
import { nearestWord } from '../../../src/engine/matching/nearest-word.ts';

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

describe('the nearest word', () => {
  for (const [word, nearest] of CASES)
    it(`to ${JSON.stringify(word.slice(0, 20))} is ${nearest}`, () =>
      assert.equal(nearestWord(word, WORDS), nearest));

  it('among nothing is nothing', () => assert.equal(nearestWord('a', []), undefined));
});
