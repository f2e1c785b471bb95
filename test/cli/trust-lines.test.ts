import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { trustComments } from '../../src/cli/env.ts';

describe('comments about the certificate authority', () => {
  const text = trustComments({ CRABAPPLE_CA_FILE: '/data/ca.pem' });

  for (const word of [
    'SSL_CERT_FILE',
    'NODE_EXTRA_CA_CERTS',
    'REQUESTS_CA_BUNDLE',
    'keytool',
    '--cacert',
    'macOS',
  ]) {
    it(`contain a line with ${word} and the CA file`, () => {
      assert.match(text, new RegExp(`${word}.*/data/ca\\.pem`));
    });
  }

  it('have no effect in a shell', () => {
    assert.equal(execFileSync('sh', ['-c', `set -u\n${text}`]).length, 0);
  });

  it('are empty without a CA file', () => {
    assert.equal(trustComments({}), '');
  });
});
