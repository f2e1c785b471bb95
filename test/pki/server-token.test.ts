import assert from 'node:assert/strict';
import forge from 'node-forge';
import type { ContentCipher } from '../../src/pki/algorithms.ts';
import type { EnvelopeForm } from '../../src/pki/enveloped-data.ts';
import { encryptServerToken, serverTokenFileName } from '../../src/pki/server-token.ts';
import { OpensslFolder } from './openssl.ts';

const CONTENT = {
  consumer_key: `CK_${'0a'.repeat(64)}`,
  consumer_secret: `CS_${'1b'.repeat(20)}`,
  access_token: `AT_O1234567890O${'2c'.repeat(20)}O1755000000000`,
  access_secret: `AS_${'3d'.repeat(20)}`,
  access_token_expiry: '2027-01-17T11:02:21Z',
};

const MESSAGE = [
  'Content-Type: text/plain;charset=UTF-8\r\n',
  'Content-Transfer-Encoding: 7bit\r\n',
  '\r\n',
  '-----BEGIN MESSAGE-----\n',
  `${JSON.stringify(CONTENT)}\n`,
  '-----END MESSAGE-----\n',
].join('');

const CIPHERS: readonly ContentCipher[] = ['aes-128-cbc', 'aes-256-cbc', 'des-ede3-cbc'];
const FORMS: readonly EnvelopeForm[] = CIPHERS.flatMap((cipher) => [
  { cipher, encoding: 'ber' },
  { cipher, encoding: 'der' },
]);

const HEADER_LENGTH = 5;

describe('server token', () => {
  let openssl: OpensslFolder;
  let certificate: string;

  before(() => {
    openssl = new OpensslFolder();
    openssl.run(
      'req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 1 -subj /CN=mdm',
    );
    certificate = openssl.text('certificate.pem');
  });
  after(() => openssl.remove());

  function decrypt(program: 'smime' | 'cms', file: string): string {
    return openssl.run(`${program} -decrypt -in ${file} -recip certificate.pem -inkey key.pem`).toString();
  }

  describe('is decrypted with the key of the certificate', () => {
    for (const form of FORMS) {
      for (const program of ['smime', 'cms'] as const) {
        it(`${form.cipher}, ${form.encoding}: with openssl ${program}`, () => {
          openssl.write('token.p7m', encryptServerToken(CONTENT, certificate, form));
          assert.equal(decrypt(program, 'token.p7m'), MESSAGE);
        });
      }

      it(`${form.cipher}, ${form.encoding}: with node-forge`, () => {
        const token = envelopeOf(encryptServerToken(CONTENT, certificate, form));
        const message = forge.pkcs7.messageFromAsn1(forge.asn1.fromDer(token.toString('binary')));
        assert('recipients' in message);
        const recipient = message.findRecipient(forge.pki.certificateFromPem(certificate));
        assert(recipient !== null);
        message.decrypt(recipient, forge.pki.privateKeyFromPem(openssl.text('key.pem')));
        assert.equal(message.content?.toString(), MESSAGE);
      });
    }
  });

  it('is not decrypted with another key', () => {
    openssl.run('genrsa -out other.pem 2048');
    openssl.write('token.p7m', encryptServerToken(CONTENT, certificate));
    let decrypted = '';
    try {
      decrypted = openssl.run('smime -decrypt -in token.p7m -inkey other.pem').toString();
    } catch {
      // With a wrong key openssl fails or prints random bytes.
    }
    assert(!decrypted.includes('consumer_key'));
  });

  it('holds the five members and no others of the given object', () => {
    openssl.write('token.p7m', encryptServerToken({ ...CONTENT, ...{ status: 'valid' } }, certificate));
    assert.equal(decrypt('cms', 'token.p7m'), MESSAGE);
  });

  it('has the header of a file from the portal', () => {
    const lines = encryptServerToken(CONTENT, certificate).split('\r\n');
    assert.deepEqual(lines.slice(0, HEADER_LENGTH), [
      'Content-Type: application/pkcs7-mime; name="smime.p7m"; smime-type=enveloped-data',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="smime.p7m"',
      'Content-Description: S/MIME Encrypted Message',
      '',
    ]);
  });

  it('is in base64 of 76 columns, each line ended by CRLF', () => {
    const token = encryptServerToken(CONTENT, certificate);
    const lines = token.split('\r\n').slice(HEADER_LENGTH);
    assert.equal(lines.pop(), '', 'the last line has its end');
    assert(!lines.join('').match(/[\r\n]/), 'no other line ends');
    const last = lines.pop() ?? '';
    assert(lines.every((line) => line.length === 76));
    assert(last.length > 0 && last.length <= 76);
  });

  // The outline of petarov/apple-mdm-clients, apple-mdm-client-tests-1-server-token.p7m, a token from Apple.
  it('has the structure of a token from Apple: AES-128-CBC, indefinite lengths down to the encrypted content', () => {
    openssl.write('token.ber', envelopeOf(encryptServerToken(CONTENT, certificate)));
    const outline = openssl
      .elements('token.ber')
      .filter(({ depth, tag }) => depth <= 6 && tag !== 'EOC')
      .map(({ depth, tag, indefinite }) => `${'. '.repeat(depth)}${tag}${indefinite ? ' indefinite' : ''}`);
    assert.deepEqual(outline, [
      'SEQUENCE indefinite',
      '. OBJECT',
      '. cont [ 0 ] indefinite',
      '. . SEQUENCE indefinite',
      '. . . INTEGER',
      '. . . SET',
      '. . . . SEQUENCE',
      '. . . . . INTEGER',
      '. . . . . SEQUENCE',
      '. . . . . . SEQUENCE',
      '. . . . . . INTEGER',
      '. . . . . SEQUENCE',
      '. . . . . . OBJECT',
      '. . . . . . NULL',
      '. . . . . OCTET STRING',
      '. . . SEQUENCE indefinite',
      '. . . . OBJECT',
      '. . . . SEQUENCE',
      '. . . . . OBJECT',
      '. . . . . OCTET STRING',
      '. . . . cont [ 0 ] indefinite',
      '. . . . . OCTET STRING',
    ]);
    const details = openssl.run('cms -cmsout -print -inform DER -in token.ber').toString();
    for (const name of ['rsaEncryption', 'aes-128-cbc', 'pkcs7-envelopedData', 'pkcs7-data']) {
      assert(details.includes(name), name);
    }
    assert.deepEqual(details.match(/version: .*/g), ['version: 0', 'version: 0']);
  });

  it('has only definite lengths in DER', () => {
    openssl.write('token.der', envelopeOf(encryptServerToken(CONTENT, certificate, { encoding: 'der' })));
    assert(openssl.elements('token.der').every(({ indefinite }) => !indefinite));
  });

  describe('identifies the recipient by the bytes of the certificate', () => {
    const subject = '/C=DE/O=K\u00e4serei/OU=one+CN=two';
    const certificates: readonly (readonly [name: string, parameters: readonly string[]])[] = [
      [
        'serial number 1, a common name only (nanodep)',
        ['-x509', '-subj', '/CN=deptokens', '-set_serial', '1'],
      ],
      [
        'a serial number of 20 octets',
        ['-x509', '-subj', '/CN=mdm', '-set_serial', `0x7f${'a5'.repeat(19)}`],
      ],
      ['a serial number with its highest bit set', ['-x509', '-subj', '/CN=mdm', '-set_serial', '0xff01']],
      ['serial number 0', ['-x509', '-subj', '/CN=mdm', '-set_serial', '0']],
      ['a negative serial number', ['-x509', '-subj', '/CN=mdm', '-set_serial', '-129']],
      ['names beyond ASCII, two in one part', ['-x509', '-utf8', '-multivalue-rdn', '-subj', subject]],
      ['an empty issuer', ['-x509', '-subj', '/']],
    ];
    for (const [name, parameters] of certificates) {
      it(name, () => {
        openssl.runWith(['req', '-key', 'key.pem', '-new', '-days', '1', '-out', 'named.pem', ...parameters]);
        expectSameIssuerAndSerialNumber('named.pem');
      });
    }

    it('a certificate of version 1, signed by another', () => {
      openssl.run('req -new -key key.pem -subj /CN=leaf -out request.csr');
      openssl.run('req -x509 -newkey rsa:2048 -nodes -keyout ca-key.pem -out ca.pem -subj /O=Firm/CN=Root');
      openssl.run('x509 -req -in request.csr -CA ca.pem -CAkey ca-key.pem -set_serial 77 -out leaf.pem');
      assert.match(openssl.run('x509 -in leaf.pem -noout -text').toString(), /Version: 1/);
      expectSameIssuerAndSerialNumber('leaf.pem');
    });

    function expectSameIssuerAndSerialNumber(file: string): void {
      openssl.run(`x509 -in ${file} -outform DER -out named.der`);
      openssl.write('token.ber', envelopeOf(encryptServerToken(CONTENT, openssl.text(file))));
      const certificateFields = openssl.elements('named.der').filter(({ depth }) => depth === 2);
      const serialNumber = certificateFields.find(({ tag }) => tag === 'INTEGER');
      const [, issuer] = certificateFields.filter(({ tag }) => tag === 'SEQUENCE');
      const named = openssl.elements('token.ber').filter(({ depth }) => depth === 6);
      assert.deepEqual(named[0]?.bytes, issuer?.bytes);
      assert.deepEqual(named[1]?.bytes, serialNumber?.bytes);
    }
  });

  it('uses the given source of randomness for content key and initial vector', () => {
    const requested: number[] = [];
    const token = encryptServerToken(CONTENT, certificate, {}, (count) => {
      requested.push(count);
      return new Uint8Array(count).fill(7);
    });
    assert.deepEqual(requested, [16, 16]);
    assert(envelopeOf(token).includes(Buffer.alloc(16, 7)));
  });

  it('is different each time', () => {
    assert.notEqual(encryptServerToken(CONTENT, certificate), encryptServerToken(CONTENT, certificate));
  });
});

function envelopeOf(token: string): Buffer {
  return Buffer.from(token.slice(token.indexOf('\r\n\r\n')), 'base64');
}

describe('file name of a server token', () => {
  const issuedAt = Date.parse('2018-09-19T18:06:09.750Z');
  const names: readonly (readonly [serverName: string, inFileName: string])[] = [
    // https://github.com/micromdm/micromdm/issues/510
    ['server.thing.com', 'server.thing.com'],
    ['My MDM (test)', 'My_MDM_test_'],
    ['Käserei 東京', 'Käserei_東京'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\server', 'C_server'],
    ['line\r\nbreak"', 'line_break_'],
    ['.hidden', 'hidden'],
    ['', 'server'],
    ['x'.repeat(300), 'x'.repeat(50)],
  ];
  for (const [serverName, inFileName] of names) {
    it(JSON.stringify(serverName).slice(0, 40), () => {
      assert.equal(
        serverTokenFileName(serverName, issuedAt),
        `${inFileName}_Token_2018-09-19T18-06-09Z_smime.p7m`,
      );
    });
  }
});
