import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { Certificate, PFX } from 'pkijs';
import { encode, PkiError, parse, parseAsn1 } from '../../src/pki/asn1.ts';
import { createAuthority } from '../../src/pki/authority.ts';
import { readCertificateRequest, writeCertificateRequest } from '../../src/pki/certificate-requests.ts';
import { validityAround, writeSelfSignedCertificate } from '../../src/pki/certificates.ts';
import { decryptEnvelopedData, encryptFor, recipientOf } from '../../src/pki/enveloped-data.ts';
import { readPkcs12, writePkcs12 } from '../../src/pki/pkcs12.ts';
import { createSignedData, verifySignedData } from '../../src/pki/signed-data.ts';

const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');

/** Sequences in sequences, each with its length in four bytes. */
function nested(levels: number): Uint8Array {
  const bomb = Buffer.alloc(levels * 6);
  for (let level = 0; level < levels; level += 1) {
    bomb.writeUInt16BE(0x3084, level * 6);
    bomb.writeUInt32BE((levels - level - 1) * 6, level * 6 + 2);
  }
  return bomb;
}

describe('parsing of ASN.1', () => {
  it('accepts 50 levels', () => {
    assert.doesNotThrow(() => parseAsn1(nested(51)));
    assert.throws(() => parseAsn1(nested(52)), PkiError);
  });

  const REJECTED: Readonly<Record<string, () => Uint8Array>> = {
    'a bomb of 100,000 nested sequences': () => nested(100_000),
    'a bomb of 100,000 nested sequences of indefinite length': () =>
      Buffer.alloc(200_000, Uint8Array.of(0x30, 0x80)),
    'a bomb of 100,000 nested octet strings': () => Buffer.alloc(200_000, Uint8Array.of(0x24, 0x80)),
    'a sequence of 100,000 elements': () =>
      Buffer.concat([hex('30 83 03 0d 40'), Buffer.alloc(200_000, Uint8Array.of(0x05, 0x00))]),
    'more than 8 MB': () => Buffer.concat([hex('04 84 01 00 00 00'), Buffer.alloc(0x01_00_00_00)]),
    'a length beyond the end of the data': () => hex('30 20 02 01 05'),
    'a length of 4 GB': () => hex('30 84 ff ff ff ff 02 01 05'),
    'a length of 2^64': () => hex('30 88 ff ff ff ff ff ff ff ff 02 01 05'),
    'a child that is longer than its parent': () => hex('30 03 04 05 41 42 43 44 45'),
    'a parent that is longer than its child': () => hex('30 06 30 03 02 01 05 00'),
    'an indefinite length without an end': () => hex('30 80 02 01 05'),
    'an indefinite length of a primitive element': () => hex('04 80 41 00 00'),
    'no data': () => new Uint8Array(),
    'a tag without a length': () => hex('30'),
  };
  for (const [what, bytes] of Object.entries(REJECTED)) {
    it(`rejects ${what}`, () => {
      assert.throws(() => parseAsn1(bytes()), PkiError);
    });
  }

  it('ignores bytes after the element', () => {
    assert.equal(parseAsn1(hex('02 01 05 ff ff')).valueBeforeDecodeView.length, 3);
  });

  it('names the structure that the data is not', () => {
    assert.throws(() => parse(Certificate, hex('30 03 02 01 05')), /not a Certificate/);
  });

  describe('throws PkiError and nothing else for', () => {
    const { certificate, certificatePem, key } = createAuthority(validityAround([Date.now()], 1));
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const own = new X509Certificate(
      writeSelfSignedCertificate(rsa, { subject: [], validity: validityAround([0], 1), extensions: [] }),
    );
    const privateKey = key.export({ type: 'pkcs8', format: 'der' });
    const form = { cipher: 'aes-128-cbc', encoding: 'ber' } as const;

    const DAMAGED: Readonly<
      Record<
        string,
        readonly [valid: () => Uint8Array | Promise<Uint8Array>, read: (bytes: Uint8Array) => unknown]
      >
    > = {
      'a damaged certificate': [() => certificate.raw, (bytes) => parse(Certificate, bytes)],
      'a damaged certificate request': [
        () => writeCertificateRequest({ subject: [], key, challengePassword: 'x' }),
        readCertificateRequest,
      ],
      'damaged SignedData': [
        () => createSignedData(Buffer.from('x'), { certificate, key }, { signingTime: Date.now() }),
        (bytes) => verifySignedData(bytes),
      ],
      'damaged EnvelopedData': [
        () => encryptFor(recipientOf(own), Buffer.from('x'), form),
        (bytes) => decryptEnvelopedData(bytes, rsa),
      ],
      'a damaged PKCS#12 file without MAC': [
        async () => {
          const file = parse(PFX, await writePkcs12({ privateKey, certificatePem, name: 'x' }, 'x'));
          return encode(new PFX({ authSafe: file.authSafe }));
        },
        (bytes) => readPkcs12(bytes, 'x'),
      ],
      'a damaged PKCS#12 file': [
        () => writePkcs12({ privateKey, certificatePem, name: 'x' }, 'x'),
        (bytes) => readPkcs12(bytes, 'x'),
      ],
    };
    for (const [what, [valid, read]] of Object.entries(DAMAGED)) {
      it(what, async () => {
        const bytes = await valid();
        await assert.doesNotReject(async () => read(bytes));
        await fc.assert(
          fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (at, byte) => {
            const damaged = Uint8Array.from(bytes);
            damaged[at] = byte;
            try {
              await read(damaged);
            } catch (error) {
              assert.ok(error instanceof PkiError, String((error as Error).stack));
            }
          }),
          { numRuns: 50 },
        );
      });
    }
  });
});
