import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import type { ContentCipher, Digest } from '../../src/pki/algorithms.ts';
import { PkiError } from '../../src/pki/asn1.ts';
import { readCertificateRequest, writeCertificateRequest } from '../../src/pki/certificate-requests.ts';
import {
  DIGITAL_SIGNATURE,
  IS_AUTHORITY,
  keyIdentifier,
  type Name,
  OID,
  publicKeyInfo,
  validityAround,
  writeCertificate,
  writeSelfSignedCertificate,
} from '../../src/pki/certificates.ts';
import {
  createScepRequest,
  createScepResponse,
  readScepRequest,
  readScepResponse,
  readServerCertificates,
  type ScepFailure,
  type ScepRequest,
  type ScepRequestForm,
  type ScepResponse,
  writeIssuerAndSubject,
} from '../../src/pki/scep.ts';
import { createCertificateBundle, type Signer } from '../../src/pki/signed-data.ts';
import { OpensslFolder } from './openssl.ts';

const VALIDITY = validityAround([Math.floor(Date.now() / 1000) * 1000], 365);
const SUBJECT: Name = [[OID.commonName, 'C02XK0T5JG5H']];
const SERVER_NAME: Name = [[OID.commonName, 'SCEP CA']];

function selfSigned(subject: Name, extensions = [DIGITAL_SIGNATURE]): Signer {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const form = { subject, validity: VALIDITY, extensions, serialNumber: 1 };
  return { certificate: new X509Certificate(writeSelfSignedCertificate(privateKey, form)), key: privateKey };
}

describe('SCEP messages', () => {
  let server: Signer;
  /** As a Mac signs: CN `MDM SCEP SIGNER`, C `AU`, serial number 1. */
  let device: Signer;
  let other: Signer;
  let form: ScepRequestForm;
  let openssl: OpensslFolder;

  before(() => {
    openssl = new OpensslFolder();
    server = selfSigned(SERVER_NAME, [IS_AUTHORITY]);
    device = selfSigned([
      [OID.commonName, 'MDM SCEP SIGNER'],
      [OID.countryName, 'AU'],
    ]);
    other = selfSigned([[OID.commonName, 'other']]);
    form = {
      type: 'PKCSReq',
      transactionId: 'a5'.repeat(20),
      senderNonce: randomBytes(8),
      content: writeCertificateRequest({ subject: SUBJECT, key: device.key, challengePassword: 'secret' }),
      signer: device,
      recipient: server.certificate,
      cipher: 'des-ede3-cbc',
      digest: 'sha512',
    };
  });
  after(() => openssl.remove());

  const issued = (request: ScepRequest): X509Certificate => {
    const { subject, publicKey } = readCertificateRequest(request.content);
    const issuer = {
      name: SERVER_NAME,
      key: server.key,
      keyIdentifier: keyIdentifier(publicKeyInfo(server.certificate.publicKey)),
    };
    return new X509Certificate(
      writeCertificate({ subject, publicKey, validity: VALIDITY, extensions: [DIGITAL_SIGNATURE] }, issuer),
    );
  };

  const responseTo = (
    response: ScepResponse,
    request = readScepRequest(createScepRequest(form), server),
    algorithms: { cipher: ContentCipher; digest: Digest } = { cipher: 'des-cbc', digest: 'sha1' },
    signer = server,
  ): Uint8Array =>
    createScepResponse(request, response, { ...algorithms, server: signer, senderNonce: randomBytes(16) });

  const COMBINATIONS: readonly (readonly [ContentCipher, Digest])[] = [
    ['des-cbc', 'sha1'],
    ['des-ede3-cbc', 'sha512'],
    ['aes-128-cbc', 'sha256'],
    ['aes-256-cbc', 'sha256'],
  ];
  for (const [cipher, digest] of COMBINATIONS) {
    it(`PKCSReq and its certificate in ${cipher} and ${digest}`, () => {
      const request = readScepRequest(createScepRequest({ ...form, cipher, digest }), server);
      assert.equal(request.type, 'PKCSReq');
      assert.equal(request.transactionId, form.transactionId);
      assert.deepEqual(Buffer.from(request.senderNonce), form.senderNonce);
      assert.deepEqual(request.signer.raw, device.certificate.raw);
      const { subject, challengePassword, signed } = readCertificateRequest(request.content);
      assert.deepEqual([subject, challengePassword, signed], [SUBJECT, 'secret', true]);

      const certificate = issued(request);
      const message = responseTo({ status: 'SUCCESS', certificates: [certificate] }, request, {
        cipher,
        digest,
      });
      const response = readScepResponse(message, form, [server.certificate]);
      assert.ok(response.status === 'SUCCESS');
      assert.deepEqual(
        response.certificates.map(({ raw }) => raw),
        [certificate.raw],
      );
      assert.ok(response.certificates[0]!.checkPrivateKey(device.key));
    });
  }

  it('PKCSReq is built as RFC 8894 says: openssl verifies and decrypts it', () => {
    openssl.write('request', createScepRequest(form));
    openssl.write('signer.pem', device.certificate.toString());
    openssl.write('server.pem', server.certificate.toString());
    openssl.write('server-key.pem', server.key.export({ type: 'pkcs8', format: 'pem' }));
    openssl.run('cms -verify -inform DER -in request -CAfile signer.pem -purpose any -out envelope');
    openssl.run('cms -decrypt -inform DER -in envelope -recip server.pem -inkey server-key.pem -out csr');
    assert.match(openssl.run('req -inform DER -in csr -noout -subject').toString(), /CN = C02XK0T5JG5H/);
    const text = openssl.run('cms -cmsout -print -inform DER -in request').toString();
    assert.match(text, /\(2\.16\.840\.1\.113733\.1\.9\.2\)\n +set:\n +PRINTABLESTRING:19/);
    assert.match(text, /\(2\.16\.840\.1\.113733\.1\.9\.7\)\n +set:\n +PRINTABLESTRING:(a5){20}/);
    assert.match(text, /\(2\.16\.840\.1\.113733\.1\.9\.5\)\n +set:\n +OCTET STRING/);
  });

  it('RenewalReq is signed with the present certificate', () => {
    const present = selfSigned(SUBJECT);
    const request = readScepRequest(
      createScepRequest({ ...form, type: 'RenewalReq', signer: present }),
      server,
    );
    assert.equal(request.type, 'RenewalReq');
    assert.deepEqual(request.signer.raw, present.certificate.raw);
  });

  it('PENDING, then CertPoll with issuer and subject of the certificate', () => {
    const pending = readScepResponse(responseTo({ status: 'PENDING' }), form, [server.certificate]);
    assert.deepEqual(pending, { status: 'PENDING' });

    const content = writeIssuerAndSubject(server.certificate, SUBJECT);
    const poll = readScepRequest(createScepRequest({ ...form, type: 'CertPoll', content }), server);
    assert.deepEqual([poll.type, poll.transactionId], ['CertPoll', form.transactionId]);
    openssl.write('poll', poll.content);
    const names = openssl.run('asn1parse -inform DER -in poll').toString();
    assert.deepEqual(
      [...names.matchAll(/UTF8STRING +:(.*)/g)].map(([, value]) => value),
      ['SCEP CA', 'C02XK0T5JG5H'],
    );
  });

  const FAILURES: readonly (ScepFailure | undefined)[] = [
    'badAlg',
    'badMessageCheck',
    'badRequest',
    'badTime',
    'badCertId',
    undefined,
  ];
  for (const failure of FAILURES) {
    it(`FAILURE ${failure ?? 'without a reason'}`, () => {
      const response = readScepResponse(responseTo({ status: 'FAILURE', failure }), form, [
        server.certificate,
      ]);
      assert.deepEqual(response, { status: 'FAILURE', failure });
    });
  }

  const REJECTED: Readonly<Record<string, readonly [message: () => Uint8Array, reason: RegExp]>> = {
    'of another server': [
      () => responseTo({ status: 'PENDING' }, undefined, undefined, other),
      /signed by another certificate/,
    ],
    'of another transaction': [
      () =>
        responseTo(
          { status: 'PENDING' },
          readScepRequest(createScepRequest({ ...form, transactionId: 'other' }), server),
        ),
      /another transaction/,
    ],
    'to another nonce': [
      () =>
        responseTo(
          { status: 'PENDING' },
          readScepRequest(createScepRequest({ ...form, senderNonce: randomBytes(8) }), server),
        ),
      /nonce of the request/,
    ],
    'that is a request': [
      () => createScepRequest({ ...form, signer: server, recipient: server.certificate }),
      /not a SCEP response/,
    ],
    'that was tampered with': [
      () => {
        const message = Buffer.from(responseTo({ status: 'FAILURE', failure: 'badRequest' }));
        message[message.indexOf(form.transactionId)]! ^= 1;
        return message;
      },
      /signature does not match/,
    ],
    'whose certificate is encrypted for another device': [
      () => {
        const request = readScepRequest(createScepRequest(form), server);
        return responseTo(
          { status: 'SUCCESS', certificates: [issued(request)] },
          { ...request, signer: other.certificate },
        );
      },
      /not encrypted for this key/,
    ],
    'that is garbage': [() => Buffer.from('Internal Server Error'), /invalid ASN\.1|not a ContentInfo/],
  };
  for (const [what, [message, reason]] of Object.entries(REJECTED)) {
    it(`rejects a response ${what}`, () => {
      assert.throws(
        () => readScepResponse(message(), form, [server.certificate]),
        (error) => error instanceof PkiError && reason.test(error.message),
      );
    });
  }

  it('rejects a request that is encrypted for another server', () => {
    assert.throws(() => readScepRequest(createScepRequest(form), other), /not encrypted for this key/);
  });

  it('GetCACert: one certificate, or a bundle', () => {
    const one = readServerCertificates(server.certificate.raw);
    assert.deepEqual(
      one.map(({ raw }) => raw),
      [server.certificate.raw],
    );
    const two = readServerCertificates(createCertificateBundle([server.certificate, other.certificate]));
    assert.deepEqual(
      two.map(({ raw }) => raw),
      [server.certificate.raw, other.certificate.raw],
    );
    assert.throws(() => readServerCertificates(Buffer.from('404')), PkiError);
  });
});
