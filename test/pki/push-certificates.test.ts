import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import type { ClientCertificate } from '../../src/core/client-certificate.ts';
import { type Authority, createAuthority } from '../../src/pki/authority.ts';
import { validityAround } from '../../src/pki/certificates.ts';
import { writePkcs12 } from '../../src/pki/pkcs12.ts';
import {
  generatePushKey,
  generateRsaKey,
  issuePushCertificate,
  type KeyPair,
  type PushCertificateForm,
  readClientCertificate,
} from '../../src/pki/push-certificates.ts';
import { OpensslFolder } from './openssl.ts';

const UUID = '0d8b4a6e-1c2f-4d3a-9b5e-6f7a8b9c0d1e';
const TOPIC = `com.apple.mgmt.External.${UUID}`;
const VALIDITY = validityAround([Math.floor(Date.now() / 1000) * 1000], 365);

describe('push certificates', () => {
  let authority: Authority;
  let pair: KeyPair;
  let openssl: OpensslFolder;

  before(async () => {
    authority = createAuthority(VALIDITY);
    pair = await generateRsaKey();
    openssl = new OpensslFolder();
  });
  after(() => openssl.remove());

  const issued = (form: Partial<PushCertificateForm> = {}): string =>
    issuePushCertificate(authority, {
      topic: TOPIC,
      environment: 'production',
      publicKey: pair.publicKey,
      validity: VALIDITY,
      ...form,
    });
  const readBack = (certificate: string, by: Authority | undefined = authority): ClientCertificate =>
    readClientCertificate(new X509Certificate(certificate).raw, by)!;

  describe('push certificate', () => {
    it('has the subject, key usage and extension of a certificate from Apple for an MDM server', () => {
      openssl.write('push.pem', issued());
      const text = openssl.run('x509 -in push.pem -noout -text -nameopt RFC2253').toString();
      assert.match(text, new RegExp(`Subject: C=US,CN=APSP:${UUID},UID=${TOPIC.replaceAll('.', '\\.')}`));
      assert.match(text, /TLS Web Client Authentication/);
      assert.match(text, /1\.2\.840\.113635\.100\.6\.3\.2:/);
      assert.doesNotMatch(text, /1\.2\.840\.113635\.100\.6\.3\.1:/);
      openssl.write('ca.pem', authority.certificatePem);
      assert.match(
        openssl.run('verify -x509_strict -purpose sslclient -CAfile ca.pem push.pem').toString(),
        /OK/,
      );
    });

    it('is read back with its topic, environment and validity', () => {
      const { fingerprint, serialNumber, ...rest } = readBack(issued());
      assert.match(fingerprint, /^[0-9a-f]{64}$/);
      assert.match(serialNumber, /^[0-9a-f]{32}$/);
      assert.deepEqual(rest, {
        commonName: `APSP:${UUID}`,
        issuer: 'Crabapple Local Certification Authority',
        issuedHere: true,
        defaultTopic: TOPIC,
        topics: [TOPIC],
        environments: ['production'],
        notBefore: VALIDITY.notBefore,
        notAfter: VALIDITY.notAfter,
      });
    });

    const ENVIRONMENTS = {
      production: ['production'],
      sandbox: ['sandbox'],
      both: ['production', 'sandbox'],
    } as const;
    for (const [environment, expected] of Object.entries(ENVIRONMENTS)) {
      it(`for ${environment} has the extensions of that environment`, () => {
        const certificate = issued({ environment: environment as keyof typeof ENVIRONMENTS });
        assert.deepEqual(readBack(certificate).environments, expected);
      });
    }

    it('may list further topics, as certificates of apps do', () => {
      const certificate = issued({
        topic: 'com.acme.app',
        moreTopics: ['com.acme.app.voip', 'com.acme.app.complication'],
      });
      const { topics, commonName } = readBack(certificate);
      assert.deepEqual(topics, ['com.acme.app', 'com.acme.app.voip', 'com.acme.app.complication']);
      assert.equal(commonName, 'Apple Push Services: com.acme.app');
    });

    it('keeps its topic when it is renewed; its fingerprint changes', () => {
      const [old, renewed] = [readBack(issued()), readBack(issued())];
      assert.equal(old.defaultTopic, renewed.defaultTopic);
      assert.notEqual(old.fingerprint, renewed.fingerprint);
    });

    it('is written with its key as PKCS#12 that openssl reads', async () => {
      const certificate = issued();
      for (const password of ['', 'secret', 'pässwort']) {
        const form = { ...pair, certificatePem: certificate, name: TOPIC };
        openssl.write('push.p12', await writePkcs12(form, password));
        const out = openssl
          .runWith(['pkcs12', '-in', 'push.p12', '-nodes', '-passin', `pass:${password}`])
          .toString();
        const key = createPrivateKey(/-----BEGIN PRIVATE KEY-----.*-----END PRIVATE KEY-----/s.exec(out)![0]);
        assert.ok(new X509Certificate(out).checkPrivateKey(key));
      }
      assert.throws(() => openssl.runWith(['pkcs12', '-in', 'push.p12', '-nodes', '-passin', 'pass:wrong']));
    });
  });

  describe('client certificate of another issuer', () => {
    const selfSigned = (subject: string): Buffer => {
      openssl.runWith([
        ...'req -x509 -newkey rsa:2048 -nodes -keyout k.pem -outform DER -out c.der -days 1'.split(' '),
        ...['-subj', subject],
      ]);
      return openssl.read('c.der');
    };

    it('is read with issuedHere: false', () => {
      const certificate = readClientCertificate(selfSigned(`/UID=${TOPIC}/CN=APSP:x`), authority)!;
      assert.deepEqual(
        [certificate.issuedHere, certificate.defaultTopic, certificate.topics, certificate.environments],
        [false, TOPIC, [TOPIC], []],
      );
    });

    it('may have no topic', () => {
      const certificate = readClientCertificate(selfSigned('/CN=plain'), authority)!;
      assert.deepEqual([certificate.defaultTopic, certificate.topics], [undefined, []]);
    });

    it('is not accepted as issued here because of its issuer name alone', () => {
      const impostor = createAuthority(VALIDITY);
      const certificate = issuePushCertificate(impostor, {
        topic: TOPIC,
        environment: 'production',
        publicKey: pair.publicKey,
        validity: VALIDITY,
      });
      assert.equal(readBack(certificate).issuedHere, false);
    });

    it('is undefined if it is damaged; nothing is thrown', () => {
      const der = new X509Certificate(issued({ moreTopics: ['a'] })).raw;
      fc.assert(
        fc.property(fc.nat(der.length - 1), fc.nat(255), (at, byte) => {
          const damaged = Uint8Array.from(der);
          damaged[at] = byte;
          readClientCertificate(damaged, authority);
        }),
        { numRuns: 300 },
      );
      assert.equal(readClientCertificate(new Uint8Array(), authority), undefined);
    });
  });

  describe('key for provider tokens', () => {
    it('is a P-256 key in a .p8 file, with the public key to verify signatures', async () => {
      const { p8, publicKey } = await generatePushKey();
      assert.match(p8, /^-----BEGIN PRIVATE KEY-----\n/);
      const { kty, crv, x, y } = createPrivateKey(p8).export({ format: 'jwk' });
      assert.deepEqual({ kty, crv, x, y }, publicKey);
    });
  });
});
