import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BodyWriter } from '../../src/services/dep/page.ts';

describe('a body that is written piece by piece', () => {
  it('is what all pieces together are in UTF-8, however few bytes were expected', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.nat({ max: 100 }), (pieces, expected) => {
        const body = new BodyWriter(expected);
        for (const piece of pieces) body.write(piece);
        assert.deepEqual(Buffer.from(body.bytes).toString('utf8'), pieces.join(''));
      }),
    );
  });
});
