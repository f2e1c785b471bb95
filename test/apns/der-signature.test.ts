import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { withPlainSignature } from '../../src/services/apns/provider-token.ts';

describe('a provider token that is signed in DER, as pushy signs', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  it('is brought into the form of RFC 7518, however short its numbers are', () => {
    for (let count = 0; count < 300; count += 1) {
      const content = Buffer.from(`head.claims${count}`);
      const der = sign('sha256', content, privateKey).toString('base64url');
      const plain = withPlainSignature(`head.claims${count}.${der}`);
      const signature = Buffer.from(plain.slice(plain.lastIndexOf('.') + 1), 'base64url');
      assert.equal(signature.length, 64);
      assert.ok(verify('sha256', content, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature));
    }
  });

  it('is left alone where its signature is anything else', () => {
    const raw = sign('sha256', Buffer.from('x'), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    for (const token of [
      `a.b.${raw.toString('base64url')}`,
      'a.b.',
      'a.b.MAA',
      'a.b.MAYCAQECAQ',
      'a.b.!',
      'a',
    ])
      assert.equal(withPlainSignature(token), token);
  });
});
