import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { PkiError, sequence, taggedBytes } from '../../src/pki/asn1.ts';
import { readCertificateRequest, writeCertificateRequest } from '../../src/pki/certificate-requests.ts';
import { DIGITAL_SIGNATURE, extension, OID } from '../../src/pki/certificates.ts';
import { OpensslFolder } from './openssl.ts';

const SUBJECT = [
  [OID.countryName, 'DE'],
  [OID.organizationName, 'Käserei'],
  [OID.commonName, 'C02XK0T5JG5H'],
] as const;

describe('a certificate signing request (PKCS#10)', () => {
  let openssl: OpensslFolder;
  const keys: Readonly<Record<string, KeyObject>> = {
    RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  };
  before(() => {
    openssl = new OpensslFolder();
  });
  after(() => openssl.remove());

  for (const [name, key] of Object.entries(keys)) {
    for (const digest of ['sha1', 'sha256', 'sha512'] as const) {
      it(`for a key of type ${name}, signed with ${digest}, is verified by openssl req`, () => {
        openssl.write(
          'request',
          writeCertificateRequest({
            subject: SUBJECT,
            key,
            digest,
            challengePassword: 'secret',
            extensions: [
              DIGITAL_SIGNATURE,
              extension(OID.subjectAlternativeName, sequence(taggedBytes(2, Buffer.from('device.test')))),
            ],
          }),
        );
        const text = openssl
          .run('req -inform DER -in request -verify -noout -text -nameopt utf8,sep_comma_plus_space')
          .toString();
        assert.match(text, /Subject: C=DE, O=Käserei, CN=C02XK0T5JG5H/);
        assert.match(text, /challengePassword *: *secret/);
        assert.match(text, /DNS:device\.test/);
        assert.match(text, /Digital Signature/);
      });
    }
  }

  it('is read as it was written', () => {
    const key = keys.RSA!;
    const request = readCertificateRequest(
      writeCertificateRequest({
        subject: SUBJECT,
        key,
        challengePassword: 'secret',
        extensions: [DIGITAL_SIGNATURE],
      }),
    );
    assert.deepEqual(request.subject, SUBJECT);
    assert.equal(request.challengePassword, 'secret');
    assert.deepEqual([...request.extensions.keys()], [OID.keyUsage]);
    assert.equal(request.signed, true);
  });

  it('of openssl is read, without attributes too', () => {
    openssl.run('req -new -newkey rsa:2048 -nodes -keyout key.pem -subj /CN=a -outform DER -out request');
    const request = readCertificateRequest(openssl.read('request'));
    assert.deepEqual(request.subject, [[OID.commonName, 'a']]);
    assert.deepEqual([request.challengePassword, request.extensions.size], [undefined, 0]);
    assert.equal(request.signed, true);
  });

  it('that was changed is not signed', () => {
    const der = writeCertificateRequest({ subject: SUBJECT, key: keys.RSA!, challengePassword: 'secret' });
    der[Buffer.from(der).indexOf('secret')]! ^= 1;
    assert.equal(readCertificateRequest(der).signed, false);
  });

  it('that is something else is rejected', () => {
    openssl.run(
      'req -x509 -newkey rsa:2048 -nodes -keyout key.pem -subj /CN=a -outform DER -out certificate',
    );
    assert.throws(() => readCertificateRequest(openssl.read('certificate')), PkiError);
  });
});
