import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { trustLines } from '../../src/cli/trust-lines.ts';

describe('how the authority is told to be trusted', () => {
  const text = trustLines({ CRABAPPLE_CA_FILE: '/data/ca.pem' });

  for (const word of [
    'SSL_CERT_FILE',
    'NODE_EXTRA_CA_CERTS',
    'REQUESTS_CA_BUNDLE',
    'keytool',
    '--cacert',
    'macOS',
  ]) {
    it(`names ${word}`, () => {
      assert.match(text, new RegExp(`${word}.*/data/ca\\.pem|${word}`));
    });
  }

  it('is nothing to a shell', () => {
    assert.equal(execFileSync('sh', ['-c', `set -u\n${text}`]).length, 0);
  });

  it('is not told where there is none', () => {
    assert.equal(trustLines({}), '');
  });
});
