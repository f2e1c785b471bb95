import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createPushTokens, tagOf } from '../../src/organization/push/push-tokens.ts';

describe('generated push tokens', () => {
  const tokens = createPushTokens('7', 'acme');
  const device = fc.integer({ min: 0, max: 2 ** 45 });

  it('find their device again, in whatever case', () => {
    fc.assert(
      fc.property(device, (ref) => {
        const token = tokens.tokenOf(ref);
        assert.match(token, /^[0-9a-f]{64}$/);
        assert.equal(tokens.deviceOf(token), ref);
        assert.equal(tokens.deviceOf(token.toUpperCase()), ref);
      }),
    );
  });

  it('show their organization and no other', () => {
    const others = [createPushTokens('7', 'other'), createPushTokens('8', 'acme')];
    fc.assert(
      fc.property(device, (ref) => {
        const token = tokens.tokenOf(ref);
        assert.equal(tagOf(token), tokens.tag);
        for (const other of others) {
          assert.equal(other.deviceOf(token), undefined);
          assert.notEqual(other.tag, tokens.tag);
        }
      }),
    );
  });

  it('are none with any digit changed', () => {
    fc.assert(
      fc.property(
        device,
        fc.integer({ min: 0, max: 63 }),
        fc.integer({ min: 1, max: 15 }),
        (ref, place, by) => {
          const token = tokens.tokenOf(ref);
          const digit = (Number.parseInt(token[place]!, 16) ^ by).toString(16);
          assert.equal(tokens.deviceOf(token.slice(0, place) + digit + token.slice(place + 1)), undefined);
        },
      ),
    );
  });

  it('are none of any other text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f]{64}$/)), (text) => {
        assert.equal(tokens.deviceOf(text), undefined);
      }),
    );
  });

  it('are the same in every run', () => {
    assert.equal(createPushTokens('7', 'acme').tokenOf(16_777_216), tokens.tokenOf(16_777_216));
  });
});
