import { createCipheriv, createDecipheriv, type KeyObject, sign, verify } from 'node:crypto';
import { Null, ObjectIdentifier, OctetString, type Sequence } from 'asn1js';
import type { AlgorithmIdentifier } from 'pkijs';
import { PkiError, sequence } from './asn1.ts';

// Starting a server needs these: pkijs is not loaded here.

/** A source of secrets; never one that is derived from a seed. */
export type RandomBytes = (count: number) => Uint8Array;

export type Digest = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** RFC 5754, RFC 8017 appendix A.2.4 and RFC 5758 section 3.2. */
const DIGESTS: Readonly<
  Record<Digest, { readonly digest: string; readonly rsa: string; readonly ec: string }>
> = {
  sha1: { digest: '1.3.14.3.2.26', rsa: '1.2.840.113549.1.1.5', ec: '1.2.840.10045.4.1' },
  sha256: { digest: '2.16.840.1.101.3.4.2.1', rsa: '1.2.840.113549.1.1.11', ec: '1.2.840.10045.4.3.2' },
  sha384: { digest: '2.16.840.1.101.3.4.2.2', rsa: '1.2.840.113549.1.1.12', ec: '1.2.840.10045.4.3.3' },
  sha512: { digest: '2.16.840.1.101.3.4.2.3', rsa: '1.2.840.113549.1.1.13', ec: '1.2.840.10045.4.3.4' },
};

const DIGEST_NAMES = Object.keys(DIGESTS) as Digest[];

export const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';

/** AlgorithmIdentifier (RFC 5280 section 4.1.1.2) without parameters. */
const withNull = (value: string): Sequence => sequence(new ObjectIdentifier({ value }), new Null());

export const rsaEncryption = (): Sequence => withNull(RSA_ENCRYPTION);

export const digestAlgorithm = (digest: Digest): Sequence => withNull(DIGESTS[digest].digest);

/** @throws PkiError */
export function digestOf({ algorithmId }: AlgorithmIdentifier): Digest {
  const digest = DIGEST_NAMES.find((name) => DIGESTS[name].digest === algorithmId);
  if (digest === undefined) throw new PkiError(`digest algorithm ${algorithmId} is not supported`);
  return digest;
}

/** PKCS#1 v1.5 for RSA keys, ECDSA for EC keys. */
export function signatureAlgorithm({ asymmetricKeyType }: KeyObject, digest: Digest): Sequence {
  return asymmetricKeyType === 'ec'
    ? sequence(new ObjectIdentifier({ value: DIGESTS[digest].ec }))
    : withNull(DIGESTS[digest].rsa);
}

/** The digest that a signature algorithm names; undefined for `rsaEncryption`, which names none, and for others. */
export function digestOfSignature({ algorithmId }: AlgorithmIdentifier): Digest | undefined {
  return DIGEST_NAMES.find((name) => [DIGESTS[name].rsa, DIGESTS[name].ec].includes(algorithmId));
}

export const signWith = (key: KeyObject, digest: Digest, data: Uint8Array): Uint8Array =>
  sign(digest, data, key);

/** False also for a key of another kind. */
export function isSignedBy(key: KeyObject, digest: Digest, data: Uint8Array, signature: Uint8Array): boolean {
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec') return false;
  return verify(digest, data, key, signature);
}

/** `des-cbc` is what micromdm/scep encrypts answers with. */
export type ContentCipher = 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' | 'des-ede3-cbc' | 'des-cbc';

interface CipherFacts {
  readonly identifier: string;
  readonly keyBytes: number;
  readonly blockBytes: number;
}

/** RFC 3565 and RFC 3370; DES as in OIW. */
const CIPHERS: Readonly<Record<ContentCipher, CipherFacts>> = {
  'aes-128-cbc': { identifier: '2.16.840.1.101.3.4.1.2', keyBytes: 16, blockBytes: 16 },
  'aes-192-cbc': { identifier: '2.16.840.1.101.3.4.1.22', keyBytes: 24, blockBytes: 16 },
  'aes-256-cbc': { identifier: '2.16.840.1.101.3.4.1.42', keyBytes: 32, blockBytes: 16 },
  'des-ede3-cbc': { identifier: '1.2.840.113549.3.7', keyBytes: 24, blockBytes: 8 },
  'des-cbc': { identifier: '1.3.14.3.2.7', keyBytes: 8, blockBytes: 8 },
};

export const cipherFacts = (cipher: ContentCipher): CipherFacts => CIPHERS[cipher];

export const cipherAlgorithm = ({ cipher, initialVector }: CipherUse): Sequence =>
  sequence(
    new ObjectIdentifier({ value: CIPHERS[cipher].identifier }),
    new OctetString({ valueHex: initialVector }),
  );

export interface CipherUse {
  readonly cipher: ContentCipher;
  readonly initialVector: Uint8Array;
}

/** @throws PkiError */
export function cipherOf({ algorithmId, algorithmParams }: AlgorithmIdentifier): CipherUse {
  const found = Object.entries(CIPHERS).find(([, { identifier }]) => identifier === algorithmId);
  if (found === undefined) throw new PkiError(`cipher ${algorithmId} is not supported`);
  if (!(algorithmParams instanceof OctetString)) throw new PkiError('the cipher has no initial vector');
  return { cipher: found[0] as ContentCipher, initialVector: algorithmParams.valueBlock.valueHexView };
}

export function encrypt(
  { cipher, initialVector }: CipherUse,
  key: Uint8Array,
  content: Uint8Array,
): Uint8Array {
  const operation = createCipheriv(nodeCipher(cipher), nodeKey(cipher, key), initialVector);
  return Buffer.concat([operation.update(content), operation.final()]);
}

/** @throws Error for a wrong key, in most cases */
export function decrypt(
  { cipher, initialVector }: CipherUse,
  key: Uint8Array,
  content: Uint8Array,
): Uint8Array {
  const operation = createDecipheriv(nodeCipher(cipher), nodeKey(cipher, key), initialVector);
  return Buffer.concat([operation.update(content), operation.final()]);
}

// OpenSSL 3 has no single DES; triple DES with three equal keys is single DES.
const nodeCipher = (cipher: ContentCipher): string => (cipher === 'des-cbc' ? 'des-ede3-cbc' : cipher);
const nodeKey = (cipher: ContentCipher, key: Uint8Array): Uint8Array =>
  cipher === 'des-cbc' ? Buffer.concat([key, key, key]) : key;
