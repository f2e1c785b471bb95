import assert from 'node:assert/strict';
import forge from 'node-forge';
import { CertificateError, readRecipient } from '../../src/pki/server-token.ts';
import { OpensslFolder } from './openssl.ts';

let openssl: OpensslFolder;
const pem = (file: string) => openssl.text(file);
const der = (file: string) => new Uint8Array(openssl.read(file));

describe('certificate for a server token', () => {
  before(() => {
    openssl = new OpensslFolder();
    openssl.run(
      'req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 1 -subj /CN=mdm',
    );
    openssl.run('x509 -in certificate.pem -outform DER -out certificate.der');
  });
  after(() => openssl.remove());

  describe('is accepted as', () => {
    const forms: Readonly<Record<string, () => string | Uint8Array>> = {
      'PEM as text': () => pem('certificate.pem'),
      'PEM as bytes': () => der('certificate.pem'),
      'PEM with CRLF': () => pem('certificate.pem').replaceAll('\n', '\r\n'),
      'PEM after a byte order mark': () => `\ufeff${pem('certificate.pem')}`,
      'PEM without newlines, as `curl -d @file` sends it': () => pem('certificate.pem').replaceAll('\n', ''),
      'PEM with indentation, as in YAML': () => pem('certificate.pem').replaceAll(/^/gm, '    '),
      'PEM after its description': () => openssl.run('x509 -in certificate.pem -text').toString(),
      'PEM with trust settings': () => openssl.run('x509 -in certificate.pem -trustout').toString(),
      'a PEM chain that starts with the certificate': () => pem('certificate.pem') + anotherCertificate(),
      'PEM beside its private key': () => pem('key.pem') + pem('certificate.pem'),
      DER: () => der('certificate.der'),
      'DER in base64': () => openssl.read('certificate.der').toString('base64'),
      'DER in base64 of several lines': () => pem('certificate.pem').replaceAll(/-----.*-----/g, ''),
    };
    for (const [name, given] of Object.entries(forms)) {
      it(name, () => {
        const { publicKey } = readRecipient(given());
        const expected = openssl.run('x509 -in certificate.pem -noout -pubkey').toString();
        assert.equal(publicKey.export({ type: 'spki', format: 'pem' }), expected);
      });
    }
  });

  it('may be expired, as those of nanodep are after a day', () => {
    assert.doesNotThrow(() => readRecipient(expiredCertificate()));
  });

  it('may have a small key: Apple documents no minimum size', () => {
    openssl.run('req -x509 -newkey rsa:1024 -nodes -keyout small-key.pem -out small.pem -subj /CN=mdm');
    assert.doesNotThrow(() => readRecipient(pem('small.pem')));
  });

  describe('is rejected with what was given and the command that makes a certificate', () => {
    const OF_NOTHING = 'openssl req -x509 -newkey rsa:2048';
    const OF_KEY = 'openssl req -x509 -new -key rsa-private-key.pem';
    const OF_REQUEST = 'openssl x509 -req -in request.csr';
    const inPem = (commandLine: string) => () => openssl.run(commandLine).toString();
    const inDer = (commandLine: string) => () => new Uint8Array(openssl.run(commandLine));

    const rejected: readonly (readonly [
      name: string,
      given: () => string | Uint8Array,
      says: RegExp,
      command: string,
    ])[] = [
      ['public key', inPem('rsa -in key.pem -pubout'), /a bare public key/, OF_KEY],
      ['public key, DER', inDer('rsa -in key.pem -pubout -outform DER'), /a bare public key/, OF_KEY],
      ['RSA public key', inPem('rsa -in key.pem -RSAPublicKey_out'), /a bare public key/, OF_KEY],
      [
        'RSA public key, DER',
        inDer('rsa -in key.pem -RSAPublicKey_out -outform DER'),
        /a bare public key/,
        OF_KEY,
      ],
      ['private key', () => pem('key.pem'), /a private key/, OF_KEY],
      ['private key, base64', () => pem('key.pem').replaceAll(/-----.*-----/g, ''), /a private key/, OF_KEY],
      ['private key, DER', inDer('pkcs8 -in key.pem -topk8 -nocrypt -outform DER'), /a private key/, OF_KEY],
      ['RSA private key', inPem('rsa -in key.pem -traditional'), /a private key/, OF_KEY],
      ['RSA private key, DER', inDer('rsa -in key.pem -traditional -outform DER'), /a private key/, OF_KEY],
      ['encrypted private key', inPem('pkcs8 -in key.pem -topk8 -passout pass:x'), /a private key/, OF_KEY],
      [
        'encrypted private key, DER',
        inDer('pkcs8 -in key.pem -topk8 -passout pass:x -outform DER'),
        /a private key/,
        OF_KEY,
      ],
      ['request', inPem('req -new -key key.pem -subj /CN=mdm'), /signing request/, OF_REQUEST],
      [
        'request, DER',
        inDer('req -new -key key.pem -subj /CN=mdm -outform DER'),
        /signing request/,
        OF_REQUEST,
      ],
      [
        'PKCS#7 bundle',
        inPem('crl2pkcs7 -nocrl -certfile certificate.pem'),
        /PKCS#7/,
        'openssl pkcs7 -in bundle.p7b',
      ],
      [
        'PKCS#7 bundle, DER',
        inDer('crl2pkcs7 -nocrl -certfile certificate.pem -outform DER'),
        /PKCS#7/,
        'openssl pkcs7 -inform DER',
      ],
      [
        'PKCS#12',
        inDer('pkcs12 -export -in certificate.pem -inkey key.pem -passout pass:x'),
        /PKCS#12/,
        'openssl pkcs12',
      ],
      [
        'EC certificate',
        () => certificateWithKey('EC -pkeyopt ec_paramgen_curve:P-256'),
        /type EC,/,
        OF_NOTHING,
      ],
      ['Ed25519 certificate', () => certificateWithKey('ED25519'), /type ED25519,/, OF_NOTHING],
      ['RSA-PSS certificate', () => certificateWithKey('RSA-PSS'), /type RSA-PSS,/, OF_NOTHING],
      ['PEM of another kind', inPem('ecparam -name prime256v1'), /a PEM file with EC PARAMETERS/, OF_NOTHING],
      ['PEM cut short', () => pem('certificate.pem').slice(0, 400), /damaged certificate/, OF_NOTHING],
      [
        'PEM with a hole',
        () => pem('certificate.pem').replace(/\n.{40}/, '\n'),
        /nothing that can/,
        OF_NOTHING,
      ],
      ['DER cut short', () => der('certificate.der').slice(0, 400), /nothing that can/, OF_NOTHING],
      ['text', () => 'not a certificate', /nothing that can/, OF_NOTHING],
      ['binary data', () => new Uint8Array(64).fill(0x30), /nothing that can/, OF_NOTHING],
      ['empty text', () => ' \n', /an empty text/, OF_NOTHING],
      ['no bytes', () => new Uint8Array(), /an empty text/, OF_NOTHING],
    ];
    for (const [name, given, says, command] of rejected) {
      it(name, () => {
        assert.throws(
          () => readRecipient(given()),
          (error) => {
            assert(error instanceof CertificateError);
            assert.match(error.given, says);
            assert(error.command.startsWith(command), error.command);
            for (const part of [error.given, 'X.509 certificate with an RSA key', error.command]) {
              assert(error.message.includes(part), error.message);
            }
            return true;
          },
        );
      });
    }
  });
});

/** `algorithm` may be followed by more parameters of `openssl genpkey`. */
function certificateWithKey(algorithm: string): string {
  openssl.run(`genpkey -algorithm ${algorithm} -out typed-key.pem`);
  return openssl.run('req -x509 -new -key typed-key.pem -subj /CN=mdm').toString();
}

function anotherCertificate(): string {
  return openssl
    .run('req -x509 -newkey rsa:2048 -nodes -keyout another-key.pem -subj /CN=another')
    .toString();
}

function expiredCertificate(): string {
  const certificate = forge.pki.createCertificate();
  const privateKey = forge.pki.privateKeyFromPem(openssl.run('rsa -in key.pem -traditional').toString());
  certificate.publicKey = forge.pki.setRsaPublicKey(privateKey.n, privateKey.e);
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date('2019-01-01T00:00:00Z');
  certificate.validity.notAfter = new Date('2019-01-02T00:00:00Z');
  certificate.setSubject([{ name: 'commonName', value: 'mdm' }]);
  certificate.setIssuer([{ name: 'commonName', value: 'mdm' }]);
  certificate.sign(privateKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}
