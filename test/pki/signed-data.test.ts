import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Digest } from '../../src/pki/algorithms.ts';
import { PkiError } from '../../src/pki/asn1.ts';
import {
  certificatesOf,
  createCertificateBundle,
  createSignedData,
  type Signer,
  verifySignedData,
} from '../../src/pki/signed-data.ts';
import { OpensslFolder } from './openssl.ts';

const CONTENT = Buffer.from('<plist><dict><key>UDID</key></dict></plist>\n');
const SIGNING_TIME = Date.parse('2026-12-01T10:00:00Z');

describe('CMS SignedData', () => {
  let openssl: OpensslFolder;
  const signers: Record<string, Signer> = {};

  before(() => {
    openssl = new OpensslFolder();
    const keys = { rsa: 'rsa:2048', ec: 'ec -pkeyopt ec_paramgen_curve:P-256' };
    for (const [name, newKey] of Object.entries(keys)) {
      openssl.run(
        `req -x509 -newkey ${newKey} -nodes -keyout ${name}-key.pem -out ${name}.pem -days 1 -subj /CN=${name}`,
      );
      signers[name] = {
        certificate: new X509Certificate(openssl.read(`${name}.pem`)),
        key: createPrivateKey(openssl.text(`${name}-key.pem`)),
      };
    }
    openssl.write('content', CONTENT);
  });
  after(() => openssl.remove());

  const DIGESTS: readonly Digest[] = ['sha1', 'sha256', 'sha384', 'sha512'];

  describe('that is created', () => {
    for (const name of ['rsa', 'ec']) {
      for (const digest of DIGESTS) {
        it(`with ${name} and ${digest} is verified by openssl cms`, () => {
          openssl.write('message', createSignedData(CONTENT, signers[name]!, { digest }));
          const verified = openssl.run(
            `cms -verify -inform DER -in message -CAfile ${name}.pem -purpose any`,
          );
          assert.deepEqual(verified, CONTENT);
        });
      }
    }

    it('is verified by openssl smime', () => {
      openssl.write('message', createSignedData(CONTENT, signers.rsa!));
      const verified = openssl.run('smime -verify -inform DER -in message -CAfile rsa.pem -purpose any');
      assert.deepEqual(verified, CONTENT);
    });

    it('detached has no content and is verified with it', () => {
      const message = createSignedData(CONTENT, signers.rsa!, { detached: true });
      assert.ok(!Buffer.from(message).includes(CONTENT));
      openssl.write('message', message);
      openssl.run(
        'cms -verify -binary -inform DER -in message -content content -CAfile rsa.pem -purpose any',
      );
      assert.equal(verifySignedData(message, CONTENT).signers[0].certificate.subject, 'CN=rsa');
      assert.throws(() => verifySignedData(message, Buffer.from('other')), /content was changed/);
      assert.throws(() => verifySignedData(message), /content was changed/);
    });

    it('has its signing time and its attributes in the order of DER', () => {
      openssl.write('message', createSignedData(CONTENT, signers.rsa!, { signingTime: SIGNING_TIME }));
      const text = openssl.run('cms -cmsout -print -inform DER -in message').toString();
      assert.match(text, /signingTime.*Dec {2}1 10:00:00 2026 GMT/s);
      const attributes = [...text.matchAll(/object: (contentType|messageDigest|signingTime)/g)];
      assert.deepEqual(
        attributes.map(([, name]) => name),
        ['contentType', 'signingTime', 'messageDigest'],
      );
    });

    it('is in DER: all lengths are definite, the content in one piece', () => {
      openssl.write('message', createSignedData(Buffer.alloc(100_000, 65), signers.rsa!));
      const elements = openssl.elements('message');
      assert.ok(elements.every(({ indefinite }) => !indefinite));
      assert.ok(elements.every(({ tag, constructed }) => tag !== 'OCTET STRING' || !constructed));
    });

    it('holds further certificates', () => {
      const message = createSignedData(CONTENT, signers.rsa!, {
        certificates: [signers.ec!.certificate],
      });
      const subjects = verifySignedData(message).certificates.map(({ subject }) => subject);
      assert.deepEqual(subjects, ['CN=rsa', 'CN=ec']);
    });
  });

  describe('of openssl', () => {
    const COMMANDS: Readonly<Record<string, string>> = {
      'with signed attributes': 'cms -sign -nodetach',
      'without signed attributes': 'cms -sign -nodetach -noattr',
      'with SHA-1': 'cms -sign -nodetach -md sha1',
      'with SHA-512': 'cms -sign -nodetach -md sha512',
      'with a subject key identifier': 'cms -sign -nodetach -keyid',
      'in BER of indefinite length': 'cms -sign -nodetach -stream',
      'by smime': 'smime -sign -nodetach',
    };
    for (const name of ['rsa', 'ec']) {
      for (const [what, commandLine] of Object.entries(COMMANDS)) {
        it(`${what}, signed with ${name}, is verified`, () => {
          openssl.run(
            `${commandLine} -binary -signer ${name}.pem -inkey ${name}-key.pem -in content -outform DER -out message`,
          );
          const { content, signers: verified } = verifySignedData(openssl.read('message'));
          assert.deepEqual(Buffer.from(content), CONTENT);
          assert.equal(verified[0].certificate.subject, `CN=${name}`);
        });
      }
    }

    it('with two signers is verified for both', () => {
      openssl.run(
        'cms -sign -nodetach -binary -signer rsa.pem -inkey rsa-key.pem -signer ec.pem -inkey ec-key.pem -in content -outform DER -out message',
      );
      const { signers: verified } = verifySignedData(openssl.read('message'));
      assert.deepEqual(verified.map(({ certificate }) => certificate.subject).sort(), ['CN=ec', 'CN=rsa']);
    });

    it('without the certificate of the signer is rejected', () => {
      openssl.run(
        'cms -sign -nodetach -nocerts -binary -signer rsa.pem -inkey rsa-key.pem -in content -outform DER -out message',
      );
      assert.throws(() => verifySignedData(openssl.read('message')), /certificate of its signer/);
    });
  });

  describe('that was tampered with', () => {
    const tampered = (part: (message: Buffer) => number): Uint8Array => {
      const message = Buffer.from(createSignedData(CONTENT, signers.rsa!, { signingTime: SIGNING_TIME }));
      message[part(message)]! ^= 1;
      return message;
    };
    const PARTS: Readonly<Record<string, readonly [part: (message: Buffer) => number, reason: RegExp]>> = {
      content: [(message) => message.indexOf(CONTENT), /content was changed/],
      signature: [(message) => message.length - 1, /signature does not match/],
      'signed attributes': [(message) => message.indexOf('261201100000Z') + 5, /signature does not match/],
    };
    for (const [name, [part, reason]] of Object.entries(PARTS)) {
      it(`in its ${name} is rejected`, () => {
        const message = tampered(part);
        assert.throws(
          () => verifySignedData(message),
          (error) => error instanceof PkiError && reason.test(error.message),
        );
        openssl.write('message', message);
        assert.throws(() => openssl.run('cms -verify -inform DER -in message -CAfile rsa.pem -purpose any'));
      });
    }

    it('with the certificate of another key is rejected', () => {
      const { certificate } = signers.rsa!;
      openssl.run('genrsa -out third-key.pem 2048');
      const key = createPrivateKey(openssl.text('third-key.pem'));
      const message = createSignedData(CONTENT, { certificate, key });
      assert.throws(() => verifySignedData(message), /signature does not match/);
    });
  });

  describe('as a bundle of certificates', () => {
    it('is read by openssl pkcs7', () => {
      openssl.write('bundle', createCertificateBundle([signers.rsa!.certificate, signers.ec!.certificate]));
      const text = openssl.run('pkcs7 -inform DER -in bundle -print_certs').toString();
      assert.deepEqual(text.match(/subject=.*/g), ['subject=CN = rsa', 'subject=CN = ec']);
    });

    it('of openssl crl2pkcs7 is read byte by byte', () => {
      openssl.run('crl2pkcs7 -nocrl -certfile rsa.pem -certfile ec.pem -outform DER -out bundle');
      assert.deepEqual(
        certificatesOf(openssl.read('bundle')).map(({ raw }) => raw),
        [signers.rsa!.certificate.raw, signers.ec!.certificate.raw],
      );
    });

    it('has no signer to verify', () => {
      const bundle = createCertificateBundle([signers.rsa!.certificate]);
      assert.throws(() => verifySignedData(bundle), /no signer/);
    });
  });
});
