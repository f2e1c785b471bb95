import { createCipheriv, createHash, createHmac, randomBytes, X509Certificate } from 'node:crypto';
import {
  bmpString,
  context,
  contextPrimitive,
  integer,
  NULL,
  objectIdentifier,
  octetString,
  sequence,
  set,
} from './der.ts';

// PKCS#12 (RFC 7292) as every reader has it: keys and certificates in triple DES with SHA-1. Newer ciphers are
// unknown to golang.org/x/crypto/pkcs12 and to the keychain of older systems; the password of a push certificate
// that is good for nothing but a simulator protects nothing.

const ITERATIONS = 2048;
const SALT_BYTES = 8;

const ID = {
  data: objectIdentifier('1.2.840.113549.1.7.1'),
  encryptedData: objectIdentifier('1.2.840.113549.1.7.6'),
  shroudedKeyBag: objectIdentifier('1.2.840.113549.1.12.10.1.2'),
  certificateBag: objectIdentifier('1.2.840.113549.1.12.10.1.3'),
  x509Certificate: objectIdentifier('1.2.840.113549.1.9.22.1'),
  friendlyName: objectIdentifier('1.2.840.113549.1.9.20'),
  localKeyId: objectIdentifier('1.2.840.113549.1.9.21'),
  tripleDes: objectIdentifier('1.2.840.113549.1.12.1.3'),
  sha1: objectIdentifier('1.3.14.3.2.26'),
};

export interface KeyAndCertificate {
  /** PKCS#8 in DER. */
  readonly privateKey: Uint8Array;
  readonly certificatePem: string;
  readonly name: string;
}

/** A `.p12` file. */
export function writePkcs12(
  { privateKey, certificatePem, name }: KeyAndCertificate,
  password: string,
): Uint8Array {
  const certificate = new X509Certificate(certificatePem).raw;
  const attributes = set(
    sequence(ID.friendlyName, set(bmpString(name))),
    sequence(ID.localKeyId, set(octetString(createHash('sha1').update(certificate).digest()))),
  );
  const certificateBag = sequence(
    ID.certificateBag,
    context(0, sequence(ID.x509Certificate, context(0, octetString(certificate)))),
    attributes,
  );
  const key = encrypted(privateKey, password);
  const keyBag = sequence(
    ID.shroudedKeyBag,
    context(0, sequence(key.algorithm, octetString(key.content))),
    attributes,
  );
  const certificates = encrypted(sequence(certificateBag), password);
  const safe = sequence(
    sequence(
      ID.encryptedData,
      context(
        0,
        sequence(
          integer(0),
          sequence(ID.data, certificates.algorithm, contextPrimitive(0, certificates.content)),
        ),
      ),
    ),
    sequence(ID.data, context(0, octetString(sequence(keyBag)))),
  );
  return sequence(
    integer(3),
    sequence(ID.data, context(0, octetString(safe))),
    authentication(safe, password),
  );
}

function encrypted(content: Uint8Array, password: string): { algorithm: Uint8Array; content: Uint8Array } {
  const salt = randomBytes(SALT_BYTES);
  const key = derive(PURPOSE.key, password, salt, 24);
  const vector = derive(PURPOSE.vector, password, salt, 8);
  const cipher = createCipheriv('des-ede3-cbc', key, vector);
  return {
    algorithm: sequence(ID.tripleDes, sequence(octetString(salt), integer(ITERATIONS))),
    content: Buffer.concat([cipher.update(content), cipher.final()]),
  };
}

function authentication(safe: Uint8Array, password: string): Uint8Array {
  const salt = randomBytes(SALT_BYTES);
  const key = derive(PURPOSE.authentication, password, salt, 20);
  const digest = createHmac('sha1', key).update(safe).digest();
  return sequence(
    sequence(sequence(ID.sha1, NULL), octetString(digest)),
    octetString(salt),
    integer(ITERATIONS),
  );
}

const PURPOSE = { key: 1, vector: 2, authentication: 3 } as const;

/** Bytes of a block of SHA-1. */
const BLOCK = 64;

/** RFC 7292 appendix B.2. */
function derive(purpose: number, password: string, salt: Uint8Array, length: number): Uint8Array {
  const diversifier = Buffer.alloc(BLOCK, purpose);
  const characters = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const input = Buffer.concat([filled(salt), filled(characters)]);
  const derived: Buffer[] = [];
  for (let count = 0; count < length; count += 20) {
    let digest = createHash('sha1').update(diversifier).update(input).digest();
    for (let round = 1; round < ITERATIONS; round += 1) digest = createHash('sha1').update(digest).digest();
    derived.push(digest);
    addToBlocks(input, filled(digest).subarray(0, BLOCK));
  }
  return Buffer.concat(derived).subarray(0, length);
}

/** Repeated up to whole blocks. */
function filled(bytes: Uint8Array): Buffer {
  return Buffer.alloc(Math.ceil(bytes.length / BLOCK) * BLOCK, bytes);
}

/** Each block as a number, plus the addend, plus one, without what flows over. */
function addToBlocks(input: Buffer, addend: Uint8Array): void {
  for (let start = 0; start < input.length; start += BLOCK) {
    let carry = 1;
    for (let index = BLOCK - 1; index >= 0; index -= 1) {
      const sum = input[start + index]! + addend[index]! + carry;
      input[start + index] = sum & 0xff;
      carry = sum >> 8;
    }
  }
}
