import assert from 'node:assert/strict';
import { createPrivateKey, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import type { ContentCipher } from '../../src/pki/algorithms.ts';
import { PkiError } from '../../src/pki/asn1.ts';
import { decryptEnvelopedData, encryptFor, recipientOf } from '../../src/pki/enveloped-data.ts';
import { OpensslFolder } from './openssl.ts';

const CONTENT = Buffer.from('a certificate signing request or anything else\n'.repeat(100));

describe('CMS EnvelopedData', () => {
  let openssl: OpensslFolder;
  let certificate: X509Certificate;
  let key: KeyObject;
  let otherCertificate: X509Certificate;
  let otherKey: KeyObject;

  before(() => {
    openssl = new OpensslFolder();
    for (const name of ['own', 'other']) {
      openssl.run(
        `req -x509 -newkey rsa:2048 -nodes -keyout ${name}-key.pem -out ${name}.pem -days 1 -subj /CN=${name}`,
      );
    }
    certificate = new X509Certificate(openssl.read('own.pem'));
    key = createPrivateKey(openssl.text('own-key.pem'));
    otherCertificate = new X509Certificate(openssl.read('other.pem'));
    otherKey = createPrivateKey(openssl.text('other-key.pem'));
    openssl.write('content', CONTENT);
  });
  after(() => openssl.remove());

  function encrypted(commandLine: string, recipients = 'own.pem'): Uint8Array {
    openssl.run(`${commandLine} -in content -binary -outform DER -out message ${recipients}`);
    return openssl.read('message');
  }

  const COMMANDS: readonly string[] = [
    'smime -encrypt -des -provider legacy -provider default',
    'smime -encrypt -des3',
    'smime -encrypt -aes128',
    'smime -encrypt -aes192',
    'smime -encrypt -aes256',
    'cms -encrypt -des3',
    'cms -encrypt -aes256',
    'cms -encrypt -aes256 -stream',
    'cms -encrypt -aes128 -keyid',
  ];
  for (const commandLine of COMMANDS) {
    it(`of openssl ${commandLine} is decrypted`, () => {
      const message = encrypted(commandLine);
      assert.deepEqual(Buffer.from(decryptEnvelopedData(message, key)), CONTENT);
      assert.deepEqual(Buffer.from(decryptEnvelopedData(message, key, certificate)), CONTENT);
    });
  }

  const CIPHERS: readonly ContentCipher[] = [
    'aes-128-cbc',
    'aes-192-cbc',
    'aes-256-cbc',
    'des-ede3-cbc',
    'des-cbc',
  ];
  for (const cipher of CIPHERS) {
    for (const encoding of ['ber', 'der'] as const) {
      it(`in ${cipher} and ${encoding} is decrypted by openssl cms`, () => {
        const message = encryptFor(recipientOf(certificate), CONTENT, { cipher, encoding });
        openssl.write('message', message);
        const decrypted = openssl.run(
          'cms -decrypt -inform DER -in message -inkey own-key.pem -recip own.pem -provider legacy -provider default',
        );
        assert.deepEqual(decrypted, CONTENT);
        assert.deepEqual(Buffer.from(decryptEnvelopedData(message, key, certificate)), CONTENT);
      });
    }
  }

  it('for several recipients is decrypted by each', () => {
    const message = encrypted('cms -encrypt -aes256', 'other.pem own.pem');
    assert.deepEqual(Buffer.from(decryptEnvelopedData(message, key, certificate)), CONTENT);
    assert.deepEqual(Buffer.from(decryptEnvelopedData(message, key)), CONTENT);
    assert.deepEqual(Buffer.from(decryptEnvelopedData(message, otherKey, otherCertificate)), CONTENT);
  });

  it('for another certificate is rejected', () => {
    const message = encrypted('smime -encrypt -aes256');
    for (const recipient of [undefined, certificate, otherCertificate]) {
      assert.throws(
        () => decryptEnvelopedData(message, otherKey, recipient),
        /the message is not encrypted for this key/,
      );
    }
  });

  const UNSUPPORTED: Readonly<Record<string, RegExp>> = {
    'cms -encrypt -aes256 -keyopt rsa_padding_mode:oaep': /key encryption algorithm .* is not supported/,
    'cms -encrypt -rc2-128 -provider legacy -provider default': /cipher .* is not supported/,
    'cms -encrypt -aes-256-gcm': /this is not CMS EnvelopedData/,
  };
  for (const [commandLine, reason] of Object.entries(UNSUPPORTED)) {
    it(`of openssl ${commandLine} is rejected with the reason`, () => {
      const [command, keyOption] = commandLine.split(' -keyopt ');
      const message =
        keyOption === undefined
          ? encrypted(command!)
          : encrypted(command!, `-recip own.pem -keyopt ${keyOption}`);
      assert.throws(
        () => decryptEnvelopedData(message, key),
        (error) => error instanceof PkiError && reason.test(error.message),
      );
    });
  }

  it('that is not a message is rejected', () => {
    for (const bytes of [new Uint8Array(), certificate.raw, randomBytes(100)]) {
      assert.throws(() => decryptEnvelopedData(bytes, key), PkiError);
    }
  });
});
