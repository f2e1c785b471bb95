import { createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { Integer, OctetString } from 'asn1js';
import { AlgorithmIdentifier, PBES2Params, PBKDF2Params } from 'pkijs';
import { type CipherUse, cipherFacts, cipherOf, type Digest, decrypt, encrypt } from './algorithms.ts';
import { childrenOf, PkiError, parse, sequence } from './asn1.ts';

// Encryption and MAC under a password, as PKCS#12 files use them: PBES2 (RFC 8018) and the old algorithms (RFC 7292).

export const ITERATIONS = 2048;
export const SALT_BYTES = 8;

const ID = {
  tripleDes: '1.2.840.113549.1.12.1.3',
  rc2Of128Bits: '1.2.840.113549.1.12.1.5',
  rc2Of40Bits: '1.2.840.113549.1.12.1.6',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
} as const;

/** Triple DES with a key that SHA-1 derives. */
export async function encryptWithPassword(
  content: Uint8Array,
  password: string,
): Promise<{ algorithm: AlgorithmIdentifier; content: Uint8Array }> {
  const salt = randomBytes(SALT_BYTES);
  const derivation: Derivation = { digest: 'sha1', salt, iterations: ITERATIONS };
  const key = await derive('key', derivation, password, 24);
  const initialVector = await derive('vector', derivation, password, 8);
  return {
    algorithm: new AlgorithmIdentifier({
      algorithmId: ID.tripleDes,
      algorithmParams: sequence(new OctetString({ valueHex: salt }), new Integer({ value: ITERATIONS })),
    }),
    content: encrypt({ cipher: 'des-ede3-cbc', initialVector }, key, content),
  };
}

/** @throws PkiError for a wrong password, in most cases, and for algorithms that are not supported */
export async function decryptWithPassword(
  algorithm: AlgorithmIdentifier,
  content: Uint8Array,
  password: string | null,
): Promise<Uint8Array> {
  const { algorithmId, algorithmParams } = algorithm;
  try {
    switch (algorithmId) {
      case ID.pbes2:
        return await decryptPbes2(parse(PBES2Params, algorithmParams), content, password ?? '');
      case ID.tripleDes: {
        const derivation = derivationOf(algorithmParams);
        const initialVector = await derive('vector', derivation, password, 8);
        const key = await derive('key', derivation, password, 24);
        return decrypt({ cipher: 'des-ede3-cbc', initialVector }, key, content);
      }
      case ID.rc2Of40Bits:
        return await decryptRc2(40, derivationOf(algorithmParams), content, password);
      case ID.rc2Of128Bits:
        return await decryptRc2(128, derivationOf(algorithmParams), content, password);
    }
  } catch (error) {
    if (error instanceof PkiError) throw error;
    throw new PkiError('the password of the PKCS#12 file is wrong, or the file is damaged');
  }
  throw new PkiError(`encryption ${algorithmId} of a PKCS#12 file is not supported`);
}

const pbkdf2Async = promisify(pbkdf2);

/** RFC 8018 appendix B.1.2. */
const HMACS: Readonly<Record<string, Digest>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
const HMAC_WITH_SHA1 = '1.2.840.113549.2.7';

async function decryptPbes2(
  { keyDerivationFunc, encryptionScheme }: PBES2Params,
  content: Uint8Array,
  password: string,
): Promise<Uint8Array> {
  if (keyDerivationFunc.algorithmId !== ID.pbkdf2) {
    throw new PkiError(`key derivation ${keyDerivationFunc.algorithmId} is not supported`);
  }
  const { salt, iterationCount, prf } = parse(PBKDF2Params, keyDerivationFunc.algorithmParams);
  const hmac = HMACS[prf?.algorithmId ?? HMAC_WITH_SHA1];
  if (hmac === undefined) throw new PkiError(`key derivation with ${prf?.algorithmId} is not supported`);
  const use: CipherUse = cipherOf(encryptionScheme);
  const { keyBytes } = cipherFacts(use.cipher);
  const key = await pbkdf2Async(
    password,
    (salt as OctetString).valueBlock.valueHexView,
    checkedIterations(iterationCount),
    keyBytes,
    hmac,
  );
  return decrypt(use, key, content);
}

const MAXIMUM_ITERATIONS = 1_000_000;

/** @throws PkiError for a file that would keep the process busy for more than seconds */
export function checkedIterations(iterations: number): number {
  if (iterations >= 1 && iterations <= MAXIMUM_ITERATIONS) return iterations;
  throw new PkiError(`a PKCS#12 file may have 1 to ${MAXIMUM_ITERATIONS} iterations`);
}

/** Of the old algorithms (RFC 7292 appendix B). */
interface Derivation {
  readonly digest: Digest;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

function derivationOf(parameters: AlgorithmIdentifier['algorithmParams']): Derivation {
  const [salt, iterations] = childrenOf(parameters);
  if (!(salt instanceof OctetString) || !(iterations instanceof Integer)) {
    throw new PkiError('the encryption of the PKCS#12 file has no salt or no iterations');
  }
  const { valueDec } = iterations.valueBlock;
  return { digest: 'sha1', salt: salt.valueBlock.valueHexView, iterations: checkedIterations(valueDec) };
}

/** RFC 7292 appendix B.3. */
const PURPOSES = { key: 1, vector: 2, mac: 3 } as const;

const DIGEST_BYTES: Readonly<Record<Digest, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

// node-forge has what OpenSSL 3 has not, or not by default: this key derivation, and RC2.
const loadForge = async () => (await import('node-forge')).default;
const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** @param password null for no password, which differs from an empty one */
async function derive(
  purpose: keyof typeof PURPOSES,
  { digest, salt, iterations }: Derivation,
  password: string | null,
  length: number,
): Promise<Uint8Array> {
  const forge = await loadForge();
  const hash = digest === 'sha384' ? forge.md.sha384 : forge.md[digest];
  const derived = forge.pkcs12.generateKey(
    password,
    forge.util.createBuffer(binary(salt)),
    PURPOSES[purpose],
    iterations,
    length,
    hash.create(),
  );
  return Buffer.from(derived.getBytes(), 'latin1');
}

export async function macOf(
  content: Uint8Array,
  derivation: Derivation,
  password: string | null,
): Promise<Uint8Array> {
  const key = await derive('mac', derivation, password, DIGEST_BYTES[derivation.digest]);
  return createHmac(derivation.digest, key).update(content).digest();
}

async function decryptRc2(
  bits: number,
  derivation: Derivation,
  content: Uint8Array,
  password: string | null,
): Promise<Uint8Array> {
  const forge = await loadForge();
  const key = await derive('key', derivation, password, bits / 8);
  const initialVector = await derive('vector', derivation, password, 8);
  const cipher = forge.rc2.createDecryptionCipher(binary(key), bits);
  cipher.start(binary(initialVector));
  cipher.update(forge.util.createBuffer(binary(content)));
  if (!cipher.finish())
    throw new PkiError('the password of the PKCS#12 file is wrong, or the file is damaged');
  return Buffer.from(cipher.output.getBytes(), 'latin1');
}
