import assert from 'node:assert/strict';
import { bothEnds } from '../../../src/engine/matching/nearest-word.ts';

describe('a long name', () => {
  it('is shown with its beginning and its end', () => {
    assert.equal(bothEnds(`CK_${'a'.repeat(60)}1`), `CK_${'a'.repeat(17)}…${'a'.repeat(11)}1`);
  });

  it('is left whole where nothing would be saved', () => {
    for (const length of [0, 1, 33]) assert.equal(bothEnds('a'.repeat(length)), 'a'.repeat(length));
    assert.equal(bothEnds('a'.repeat(34)).length, 33);
  });
});
